using System.Globalization;

namespace ChaosHarness.Safety;

/// <summary>Who holds a lease, or wants one.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Machine">The machine that it runs on.</param>
/// <param name="ProcessId">The process that it runs in.</param>
/// <param name="User">The user that it runs as.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record LeaseHolder(string RunId, string Experiment, string Machine, int ProcessId, string User, DateTimeOffset Since)
{
    /// <summary>A run of this process.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="experiment">The name of the experiment.</param>
    /// <param name="since">Since when.</param>
    /// <returns>The holder.</returns>
    public static LeaseHolder Here(string runId, string experiment, DateTimeOffset since) =>
        new(runId, experiment, Environment.MachineName, Environment.ProcessId, Environment.UserName, since.ToUniversalTime());

    /// <summary>Such as <c>'losing the primary' (run 20260101-…, process 4711 of anna on ci-3, since 12:00:00 UTC)</c>.</summary>
    /// <returns>For people.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"'{Experiment}' (run {RunId}, process {ProcessId} of {User} on {Machine}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)");
}
