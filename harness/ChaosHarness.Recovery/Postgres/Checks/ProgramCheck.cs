namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>A program that looks at the copy and ends with 0 when all is well. It finds the copy by <c>PGHOST</c>, <c>PGUSER</c> and <c>PGDATABASE</c>.</summary>
/// <param name="Name">What it looks at.</param>
/// <param name="Program">The program, and its arguments.</param>
public sealed record ProgramCheck(string Name, params IReadOnlyList<string> Program) : IPostgresCheck
{
    /// <summary>How long it may take.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var place = copy.Place;
        var command = CopyCommand.Of(place.User, ["env", $"PGHOST={place.Socket}", $"PGUSER={place.Role}", $"PGDATABASE={place.Database}", .. Program]) with { Limit = Limit };
        return CopyCommand.LookAsync(command, "exit code 0", cancellationToken);
    }
}
