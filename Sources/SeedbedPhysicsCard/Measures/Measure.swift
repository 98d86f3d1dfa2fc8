/// The measurements: each a function of the bench and of its numbers, so that a benchmark or a test can ask for others.
public enum Measure {}
