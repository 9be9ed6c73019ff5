namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Something that is looked at in a copy that is up. It has its own database to ask, and may change it: it is thrown away.</summary>
public interface IPostgresCheck
{
    /// <summary>What is looked at, such as <c>indexes</c>.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Whether it is as it has to be, and what was seen, in a few words. What it throws counts as not.</returns>
    ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken);
}
