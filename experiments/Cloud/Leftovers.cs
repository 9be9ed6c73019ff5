using ChaosHarness.Aws.Restores;

[assembly: RecipeReverter(typeof(StopFisExperiment))]
[assembly: RecipeReverter(typeof(DeleteRestoredDatabase))]
