using ChaosHarness.Containers.Faults;
using ChaosHarness.Containers.Hosts;

[assembly: RecipeReverter(typeof(StartContainer))]
[assembly: RecipeReverter(typeof(UnpauseContainer))]
[assembly: RecipeReverter(typeof(ReconnectContainer))]
[assembly: RecipeReverter(typeof(RestoreLimits))]
[assembly: RecipeReverter(typeof(ContainerHostReverter))]
