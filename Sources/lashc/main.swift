print("lashc")
