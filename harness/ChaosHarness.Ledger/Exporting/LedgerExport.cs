using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Exporting;

/// <summary>Writes a whole ledger for other programs to read. Times are ISO 8601 in UTC, durations seconds. Columns of single figures hold those that one line has room for; JSON lines have all of them besides. What was not measured is null, or empty in CSV.</summary>
public static class LedgerExport
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Name, Func<LedgerRun, object?> Read)[] Fields =
    [
        ("run_id", run => run.RunId),
        ("experiment_id", run => run.ExperimentId),
        ("name", run => run.Name),
        ("system", run => run.System),
        ("environment", run => run.Environment),
        ("topology", run => run.Topology),
        ("profile", run => run.Origin.Profile),
        ("branch", run => run.Origin.Branch),
        ("commit", run => run.Origin.Commit),
        ("build", run => run.Origin.Build),
        ("build_url", run => run.Origin.BuildUrl),
        ("host", run => run.Origin.Host),
        ("started_by", run => run.Origin.StartedBy),
        ("seed", run => run.Origin.Seed),
        ("started_at", run => run.StartedAt),
        ("duration", run => run.Duration),
        ("recorded_at", run => run.RecordedAt),
        ("outcome", run => run.Outcome.ToString()),
        ("reason", run => run.Reason),
        ("rto", run => run.Headlines.Rto),
        ("rpo", run => run.Headlines.Rpo),
        ("availability_objective", run => run.Headlines.AvailabilityObjective),
        ("rta_lower", run => run.Headlines.Recovery?.Lower),
        ("rta_upper", run => run.Headlines.Recovery?.Upper),
        ("interrupted", run => run.Headlines.Recovers is null ? null : run.Evidence.Contains(RunEvidence.Interrupted, StringComparer.Ordinal)),
        ("writes_acknowledged", run => run.Headlines.WritesAcknowledged),
        ("writes_lost", run => run.Headlines.WritesLost),
        ("writes_diverged", run => run.Headlines.WritesDiverged),
        ("rpa", run => run.Headlines.LossAge),
        ("ttd_lower", run => run.Headlines.TimeToDetect?.Lower),
        ("ttd_upper", run => run.Headlines.TimeToDetect?.Upper),
        ("detected_by", run => run.Headlines.DetectedBy),
        ("good", run => run.Headlines.Good),
        ("due", run => run.Headlines.Due),
        ("latency_before_p99", run => Latency(run, FigureNames.LatencyBefore(99))),
        ("latency_p50", run => Latency(run, FigureNames.Latency(50))),
        ("latency_p99", run => Latency(run, FigureNames.Latency(99))),
        ("latency_maximum", run => Latency(run, FigureNames.Latency(100))),
        ("capacity_lost", run => run.Headlines.CapacityLost),
        ("evidence", run => string.Join(' ', run.Evidence)),
        ("labels", run => string.Join(' ', run.Labels)),
        ("parameters", run => run.Parameters),
        ("attempt", run => (long)run.Attempt),
        ("replaced", run => run.IsReplaced),
        ("availability", run => run.Headlines.Availability),
    ];

    /// <summary>Writes one JSON object a line: the run, and its details.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many runs were written.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<long> WriteJsonLinesAsync(RunLedger ledger, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(output);
        long count = 0;
        await foreach (var (run, details) in ledger.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var members = new JsonObject();
            foreach (var (name, read) in Fields)
            {
                members[name] = Json(read(run));
            }

            members["parameters"] = JsonNode.Parse(run.Parameters);
            members["figures"] = new JsonArray([.. run.Figures.Select(Json)]);
            members["hypothesis"] = details.Hypothesis;
            (string Name, string? Text)[] parts =
                [("faults", details.Faults), ("verdicts", details.Verdicts), ("breakers", details.Breakers), ("latency_histogram", details.LatencyHistogram), ("timeline", details.Timeline)];
            foreach (var (name, text) in parts)
            {
                members[name] = text is null ? null : JsonNode.Parse(text);
            }

            members["journal"] = details.Journal;
            await WriteAsync(members, output, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    /// <summary>Writes one line a run, after a line of names.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many runs were written.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<long> WriteCsvAsync(RunLedger ledger, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(output);
        await WriteAsync(string.Join(',', Fields.Select(field => field.Name)), output, cancellationToken).ConfigureAwait(false);
        long count = 0;
        await foreach (var (run, _) in ledger.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(string.Join(',', Fields.Select(field => Cell(field.Read(run)))), output, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    private static TimeSpan? Latency(LedgerRun run, string name) => run.Figures.Main(name)?.Figure.Upper is { } seconds && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    // What was looked for and not found is there, without an upper bound.
    private static JsonNode Json(RecordedFigure recorded) => new JsonObject
    {
        ["name"] = recorded.Figure.Name,
        ["subject"] = recorded.Figure.Subject,
        ["unit"] = recorded.Figure.Unit.Symbol,
        ["better"] = recorded.Figure.Better.ToString(),
        ["lower"] = Finite(recorded.Figure.Lower),
        ["upper"] = Finite(recorded.Figure.Upper),
        ["objective"] = Finite(recorded.Objective),
        ["met"] = recorded.Met,
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        long number => number,
        double number => number,
        TimeSpan time => time.TotalSeconds,
        DateTimeOffset time => Text(time),
        var other => other.ToString(),
    };

    private static string Cell(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        TimeSpan time => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
        DateTimeOffset time => Text(time),
        var other => Quote(other.ToString()!),
    };

    // Spreadsheets run what begins like a formula; a quote before it keeps it a text.
    private static string Quote(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task WriteAsync(JsonObject members, Stream output, CancellationToken cancellationToken)
    {
        var writer = new Utf8JsonWriter(output, Readable);
        await using (writer.ConfigureAwait(false))
        {
            members.WriteTo(writer);
        }

        await output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync(string line, Stream output, CancellationToken cancellationToken) =>
        await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken).ConfigureAwait(false);
}
