using Amazon.RDS.Model;
using ChaosHarness.Histories;

namespace ChaosHarness.Aws.Restores;

/// <summary>Reads the ids of all that a workload wrote from a restored instance, through its endpoint.</summary>
/// <param name="copy">The restored instance.</param>
/// <param name="cancellationToken">Ends the reading.</param>
/// <returns>The ids, those of other runs included.</returns>
public delegate IAsyncEnumerable<StoredId> RestoredIds(DBInstance copy, CancellationToken cancellationToken);
