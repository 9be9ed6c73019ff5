using Amazon.RDS.Model;

namespace ChaosHarness.Aws.Restores;

/// <summary>Something that is looked at in a database that was restored.</summary>
/// <param name="Name">What is looked at.</param>
/// <param name="LookAsync">Looks, through the endpoint of the instance: whether it is as it has to be, and what was seen.</param>
public sealed record RestoredDatabaseCheck(string Name, Func<DBInstance, CancellationToken, ValueTask<(bool Passed, string Detail)>> LookAsync);
