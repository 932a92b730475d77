;;; eglot_session.el --- Emacs with eglot and the language server  -*- lexical-binding: t; -*-
;; Opens `program.lash', prints its problems, renames with the server, prints the text.

(package-initialize)
(require 'eglot)
(require 'lash-mode)

(defun session-wait (condition)
  "Wait up to 20 seconds until CONDITION is true."
  (with-timeout (20 (error "Waited in vain"))
    (while (not (funcall condition)) (accept-process-output nil 0.02))))

(find-file "program.lash")
(call-interactively #'eglot)
(flymake-start)
(session-wait #'flymake-diagnostics)
(dolist (problem (flymake-diagnostics))
  (princ (format "%d %s\n" (line-number-at-pos (flymake-diagnostic-beg problem))
                 (car (split-string (flymake-diagnostic-text problem) "\n")))))
(goto-char (point-min))
(eglot-rename "count")
(princ (buffer-string))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
;;; eglot_session.el ends here
