;;; lash-mode.el --- lashlang in Emacs  -*- lexical-binding: t; -*-

;; A small major mode, with `lashc lsp' through eglot (Emacs 29, or eglot from ELPA):
;;
;;   (add-to-list 'load-path ".../editors/emacs")
;;   (require 'lash-mode)
;;   (add-hook 'lash-mode-hook #'eglot-ensure)

;;; Code:

(require 'lash-words)

(defvar lash-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?' "\"" table)
    (modify-syntax-entry ?_ "w" table)
    table)
  "Syntax of lashlang.")

(defconst lash-mode-font-lock
  (list
   (cons (regexp-opt lash-words-keyword 'words) 'font-lock-keyword-face)
   (cons (regexp-opt lash-words-operator 'words) 'font-lock-keyword-face)
   (cons (regexp-opt lash-words-constant 'words) 'font-lock-constant-face)
   (cons (regexp-opt lash-words-function 'words) 'font-lock-builtin-face)
   (cons (regexp-opt lash-words-type 'words) 'font-lock-type-face))
  "Colours of lashlang.")

(defun lash-mode-indent-line ()
  "Indent by two columns for each bracket that is open before the line."
  (interactive)
  (let ((depth (save-excursion
                 (back-to-indentation)
                 (let ((open (car (syntax-ppss))))
                   (if (looking-at "[]})]") (1- open) open)))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to (* 2 (max 0 depth)))
      (save-excursion (indent-line-to (* 2 (max 0 depth)))))))

;;;###autoload
(define-derived-mode lash-mode prog-mode "Lash"
  "Major mode for lashlang."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+ *")
  (setq-local indent-line-function #'lash-mode-indent-line)
  (setq-local font-lock-defaults '(lash-mode-font-lock)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.lash\\'" . lash-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(lash-mode . ("lashc" "lsp"))))

(provide 'lash-mode)
;;; lash-mode.el ends here
