// Cases of the contract wait more than they work, so more of them run at once than there are processors. All other tests run alone.
[assembly: NUnit.Framework.LevelOfParallelism(12)]
