using System.Data;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Origins;

namespace ChaosHarness.Ledger.Rows;

/// <summary>A run in the columns of the database: Unix milliseconds, microseconds, flags as 0 or 1, and numbers for what it has in common with others.</summary>
internal sealed class RunRow
{
    /// <summary>The columns but the run's own number, each with the property of the same place.</summary>
    public static IReadOnlyList<(string Column, string Property)> Columns { get; } =
    [
        ("run_id", nameof(RunId)), ("series_no", nameof(SeriesNo)), ("kind_no", nameof(KindNo)), ("attempt", nameof(Attempt)), ("replaced", nameof(Replaced)), ("name", nameof(Name)),
        ("branch", nameof(Branch)), ("commit_id", nameof(Commit)), ("build", nameof(Build)), ("build_url", nameof(BuildUrl)), ("host", nameof(Host)), ("started_by", nameof(StartedBy)), ("seed", nameof(Seed)),
        ("started_at", nameof(StartedAt)), ("duration", nameof(Duration)), ("recorded_at", nameof(RecordedAt)), ("reason", nameof(Reason)),
    ];

    /// <summary>What to select, so that rows of this type come back.</summary>
    public static string Selection { get; } = string.Join(", ", Columns.Select(column => $"{column.Column} AS \"{column.Property}\"").Prepend($"run_no AS \"{nameof(RunNo)}\""));

    public long RunNo { get; set; }

    public string RunId { get; set; } = "";

    public long SeriesNo { get; set; }

    public long KindNo { get; set; }

    public long Attempt { get; set; }

    public long Replaced { get; set; }

    public string Name { get; set; } = "";

    public string? Branch { get; set; }

    public string? Commit { get; set; }

    public string? Build { get; set; }

    public string? BuildUrl { get; set; }

    public string? Host { get; set; }

    public string? StartedBy { get; set; }

    public long? Seed { get; set; }

    public long StartedAt { get; set; }

    public long Duration { get; set; }

    public long RecordedAt { get; set; }

    public string? Reason { get; set; }

    public static RunRow From(LedgerRun run, long series, long kind) => new()
    {
        RunId = run.RunId,
        SeriesNo = series,
        KindNo = kind,
        Attempt = run.Attempt,
        Replaced = run.IsReplaced ? 1 : 0,
        Name = run.Name,
        Branch = run.Origin.Branch,
        Commit = run.Origin.Commit,
        Build = run.Origin.Build,
        BuildUrl = run.Origin.BuildUrl,
        Host = run.Origin.Host,
        StartedBy = run.Origin.StartedBy,
        Seed = run.Origin.Seed,
        StartedAt = run.StartedAt.ToUnixTimeMilliseconds(),
        Duration = run.Duration.Ticks / TimeSpan.TicksPerMicrosecond,
        RecordedAt = run.RecordedAt.ToUnixTimeMilliseconds(),
        Reason = run.Reason,
    };

    /// <summary>The values of <see cref="Columns"/>, for a statement that names them after their properties.</summary>
    public IEnumerable<(string Name, DbType Type, object? Value)> Parameters() =>
    [
        (nameof(RunId), DbType.String, RunId),
        (nameof(SeriesNo), DbType.Int64, SeriesNo),
        (nameof(KindNo), DbType.Int64, KindNo),
        (nameof(Attempt), DbType.Int64, Attempt),
        (nameof(Replaced), DbType.Int64, Replaced),
        (nameof(Name), DbType.String, Name),
        (nameof(Branch), DbType.String, Branch),
        (nameof(Commit), DbType.String, Commit),
        (nameof(Build), DbType.String, Build),
        (nameof(BuildUrl), DbType.String, BuildUrl),
        (nameof(Host), DbType.String, Host),
        (nameof(StartedBy), DbType.String, StartedBy),
        (nameof(Seed), DbType.Int64, Seed),
        (nameof(StartedAt), DbType.Int64, StartedAt),
        (nameof(Duration), DbType.Int64, Duration),
        (nameof(RecordedAt), DbType.Int64, RecordedAt),
        (nameof(Reason), DbType.String, Reason),
    ];

    public LedgerRun ToRun(RunSeries series, RunKind kind, IReadOnlyList<RecordedFigure> figures) => new()
    {
        RunId = RunId,
        ExperimentId = series.ExperimentId,
        Parameters = series.Parameters,
        Name = Name,
        System = series.System,
        Environment = series.Environment,
        Topology = series.Topology,
        Origin = new RunOrigin { Profile = series.Profile, Branch = Branch, Commit = Commit, Build = Build, BuildUrl = BuildUrl, Host = Host, StartedBy = StartedBy, Seed = Seed },
        Attempt = (int)Attempt,
        IsReplaced = Replaced != 0,
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
        Duration = TimeSpan.FromMicroseconds(Duration),
        RecordedAt = DateTimeOffset.FromUnixTimeMilliseconds(RecordedAt),
        Outcome = Enum.Parse<Outcome>(kind.Outcome),
        Reason = Reason,
        Figures = figures,
        Evidence = RunKind.List(kind.Evidence),
        Labels = RunKind.List(kind.Labels),
    };
}
