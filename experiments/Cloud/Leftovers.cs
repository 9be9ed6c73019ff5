[assembly: RecipeReverter(typeof(StopFisExperiment))]
