using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChaosHarness.Aspire;

/// <summary>What Aspire says of a replica at a moment.</summary>
/// <param name="Text">Its state in Aspire's words, such as <c>Running</c>.</param>
/// <param name="ProcessId">The number of the process that it started; null where there is none, as for a container.</param>
/// <param name="Ports">Where this very replica listens, as far as Aspire told it.</param>
/// <param name="Health">Whether its health checks pass; null where none was made yet.</param>
/// <param name="Detail">What did not pass, or how it ended.</param>
internal sealed record ReplicaState(string Text, int? ProcessId, IReadOnlyList<int> Ports, HealthStatus? Health, string Detail)
{
    private const string ProcessProperty = "executable.pid";
    private const string UrlsVariable = "ASPNETCORE_URLS";

    public static ReplicaState Unknown { get; } = new("unknown", null, [], null, "");

    public bool IsRunning => Text == KnownResourceStates.Running;

    public bool HasEnded => KnownResourceStates.TerminalStates.Contains(Text);

    public bool IsWrong => HasEnded || Text == KnownResourceStates.RuntimeUnhealthy;

    public bool IsHealthy => IsRunning && Health == HealthStatus.Healthy;

    /// <summary>Whether it did what it was there for, as a job that brings a database up to date.</summary>
    public bool IsDone => HasEnded && Detail == Code(0);

    public static ReplicaState Of(CustomResourceSnapshot snapshot) => new(
        snapshot.State?.Text ?? "",
        snapshot.Properties.FirstOrDefault(property => property.Name == ProcessProperty)?.Value is { } id ? Convert.ToInt32(id, CultureInfo.InvariantCulture) : null,
        [.. PortsOf(snapshot.EnvironmentVariables).Distinct()],
        HealthOf(snapshot.HealthReports, snapshot.HealthStatus),
        DetailOf(snapshot));

    // Before its checks have run Aspire calls it unhealthy, which nobody has seen.
    internal static HealthStatus? HealthOf(ImmutableArray<HealthReportSnapshot> reports, HealthStatus? status) =>
        !reports.IsDefault && reports.Any(report => report.Status is null) ? null : status;

    private static string DetailOf(CustomResourceSnapshot snapshot) => snapshot.ExitCode is { } code && KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text)
        ? Code(code)
        : string.Join("; ", (snapshot.HealthReports.IsDefault ? [] : snapshot.HealthReports).Where(report => report.Status is not (null or HealthStatus.Healthy)).Select(report => $"{report.Name} {report.Status}: {report.Description ?? report.ExceptionText?.Split('\n')[0]}"));

    private static string Code(int code) => string.Create(CultureInfo.InvariantCulture, $"exit code {code}");

    // The endpoint of a resource is shared by its replicas. What each listens on itself stands in its environment alone, and only projects have several.
    private static IEnumerable<int> PortsOf(ImmutableArray<EnvironmentVariableSnapshot> variables) =>
        (variables.IsDefault ? [] : variables)
            .Where(variable => variable is { Name: UrlsVariable, IsFromSpec: true, Value: not null })
            .SelectMany(variable => variable.Value!.Split(';'))
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Port : 0)
            .Where(port => port > 0);
}
