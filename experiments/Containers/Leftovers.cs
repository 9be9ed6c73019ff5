using ChaosHarness.Containers.Faults;

[assembly: RecipeReverter(typeof(StartContainer))]
[assembly: RecipeReverter(typeof(UnpauseContainer))]
[assembly: RecipeReverter(typeof(ReconnectContainer))]
[assembly: RecipeReverter(typeof(RestoreLimits))]
