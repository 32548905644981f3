"""What nobody in good faith would type or send: mutated questions and files, each must cost next to nothing."""
