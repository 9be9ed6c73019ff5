using ChaosHarness.Aws.Faults;

[assembly: RecipeReverter(typeof(StopFisExperiment))]
