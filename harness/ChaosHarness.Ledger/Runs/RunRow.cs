using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Measurement;
using ChaosHarness.Origins;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Runs;

/// <summary>A run in the columns of the database: Unix milliseconds, microseconds, flags as 0 or 1, lists as words between blanks.</summary>
internal sealed class RunRow
{
    private const char Blank = ' ';

    /// <summary>The columns, each with the property of the same place.</summary>
    public static IReadOnlyList<(string Column, string Property)> Columns { get; } =
    [
        ("run_id", nameof(RunId)), ("experiment_id", nameof(ExperimentId)), ("name", nameof(Name)), ("system", nameof(System)), ("environment", nameof(Environment)),
        ("topology", nameof(Topology)), ("profile", nameof(Profile)), ("branch", nameof(Branch)), ("commit_id", nameof(Commit)), ("build", nameof(Build)),
        ("build_url", nameof(BuildUrl)), ("host", nameof(Host)), ("seed", nameof(Seed)), ("started_at", nameof(StartedAt)), ("duration", nameof(Duration)),
        ("recorded_at", nameof(RecordedAt)), ("outcome", nameof(Outcome)), ("reason", nameof(Reason)), ("rto", nameof(Rto)), ("rpo_writes", nameof(RpoWrites)),
        ("rpo_age", nameof(RpoAge)), ("availability_objective", nameof(AvailabilityObjective)), ("rta_lower", nameof(RtaLower)), ("rta_upper", nameof(RtaUpper)),
        ("interrupted", nameof(Interrupted)), ("writes_acknowledged", nameof(WritesAcknowledged)), ("writes_lost", nameof(WritesLost)),
        ("writes_diverged", nameof(WritesDiverged)), ("rpa_age", nameof(RpaAge)), ("ttd_lower", nameof(TtdLower)), ("ttd_upper", nameof(TtdUpper)),
        ("detected_by", nameof(DetectedBy)), ("good", nameof(Good)), ("due", nameof(Due)), ("latency_before_p99", nameof(LatencyBeforeP99)),
        ("latency_p50", nameof(LatencyP50)), ("latency_p99", nameof(LatencyP99)), ("latency_maximum", nameof(LatencyMaximum)), ("capacity_lost", nameof(CapacityLost)),
        ("evidence", nameof(Evidence)), ("labels", nameof(Labels)),
    ];

    public string RunId { get; set; } = "";

    public string ExperimentId { get; set; } = "";

    public string Name { get; set; } = "";

    public string System { get; set; } = "";

    public string Environment { get; set; } = "";

    public string Topology { get; set; } = "";

    public string? Profile { get; set; }

    public string? Branch { get; set; }

    public string? Commit { get; set; }

    public string? Build { get; set; }

    public string? BuildUrl { get; set; }

    public string? Host { get; set; }

    public long? Seed { get; set; }

    public long StartedAt { get; set; }

    public long Duration { get; set; }

    public long RecordedAt { get; set; }

    public string Outcome { get; set; } = "";

    public string? Reason { get; set; }

    public long? Rto { get; set; }

    public long? RpoWrites { get; set; }

    public long? RpoAge { get; set; }

    public double? AvailabilityObjective { get; set; }

    public long? RtaLower { get; set; }

    public long? RtaUpper { get; set; }

    public long? Interrupted { get; set; }

    public long? WritesAcknowledged { get; set; }

    public long? WritesLost { get; set; }

    public long? WritesDiverged { get; set; }

    public long? RpaAge { get; set; }

    public long? TtdLower { get; set; }

    public long? TtdUpper { get; set; }

    public string? DetectedBy { get; set; }

    public long? Good { get; set; }

    public long? Due { get; set; }

    public long? LatencyBeforeP99 { get; set; }

    public long? LatencyP50 { get; set; }

    public long? LatencyP99 { get; set; }

    public long? LatencyMaximum { get; set; }

    public double? CapacityLost { get; set; }

    public string Evidence { get; set; } = "";

    public string Labels { get; set; } = "";

    public static RunRow From(LedgerRun run) => new()
    {
        RunId = run.RunId,
        ExperimentId = run.ExperimentId,
        Name = run.Name,
        System = run.System,
        Environment = run.Environment,
        Topology = run.Topology,
        Profile = run.Origin.Profile,
        Branch = run.Origin.Branch,
        Commit = run.Origin.Commit,
        Build = run.Origin.Build,
        BuildUrl = run.Origin.BuildUrl,
        Host = run.Origin.Host,
        Seed = run.Origin.Seed,
        StartedAt = run.StartedAt.ToUnixTimeMilliseconds(),
        Duration = Micros(run.Duration),
        RecordedAt = run.RecordedAt.ToUnixTimeMilliseconds(),
        Outcome = run.Outcome.ToString(),
        Reason = run.Reason,
        Rto = Micros(run.Objectives.Rto),
        RpoWrites = run.Objectives.Rpo?.Writes,
        RpoAge = Micros(run.Objectives.Rpo?.Age),
        AvailabilityObjective = run.Objectives.Availability,
        RtaLower = Micros(run.Recovery?.Lower),
        RtaUpper = Micros(run.Recovery?.Upper),
        Interrupted = run.Interrupted is { } interrupted ? (interrupted ? 1 : 0) : null,
        WritesAcknowledged = run.WritesAcknowledged,
        WritesLost = run.WritesLost,
        WritesDiverged = run.WritesDiverged,
        RpaAge = Micros(run.LossAge),
        TtdLower = Micros(run.TimeToDetect?.Lower),
        TtdUpper = Micros(run.TimeToDetect?.Upper),
        DetectedBy = run.DetectedBy,
        Good = run.Availability?.Good,
        Due = run.Availability?.Due,
        LatencyBeforeP99 = Micros(run.LatencyBeforeP99),
        LatencyP50 = Micros(run.LatencyP50),
        LatencyP99 = Micros(run.LatencyP99),
        LatencyMaximum = Micros(run.LatencyMaximum),
        CapacityLost = run.CapacityLost,
        Evidence = Words(run.Evidence),
        Labels = Words(run.Labels),
    };

    public LedgerRun ToRun() => new()
    {
        RunId = RunId,
        ExperimentId = ExperimentId,
        Name = Name,
        System = System,
        Environment = Environment,
        Topology = Topology,
        Origin = new RunOrigin { Profile = Profile, Branch = Branch, Commit = Commit, Build = Build, BuildUrl = BuildUrl, Host = Host, Seed = Seed },
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
        Duration = TimeSpan.FromMicroseconds(Duration),
        RecordedAt = DateTimeOffset.FromUnixTimeMilliseconds(RecordedAt),
        Outcome = Enum.Parse<Outcome>(Outcome),
        Reason = Reason,
        Objectives = new Objectives
        {
            Rto = Time(Rto),
            Rpo = RpoWrites is null && RpoAge is null ? null : new RecoveryPointObjective(RpoWrites, Time(RpoAge)),
            Availability = AvailabilityObjective,
        },
        Recovery = RtaLower is { } lower ? new Bounds(TimeSpan.FromMicroseconds(lower), Time(RtaUpper)) : null,
        Interrupted = Interrupted is { } flag ? flag != 0 : null,
        WritesAcknowledged = WritesAcknowledged,
        WritesLost = WritesLost,
        WritesDiverged = WritesDiverged,
        LossAge = Time(RpaAge),
        TimeToDetect = TtdLower is { } soonest ? new Bounds(TimeSpan.FromMicroseconds(soonest), Time(TtdUpper)) : null,
        DetectedBy = DetectedBy,
        Availability = Good is { } good && Due is { } due ? new Availability(good, due) : null,
        LatencyBeforeP99 = Time(LatencyBeforeP99),
        LatencyP50 = Time(LatencyP50),
        LatencyP99 = Time(LatencyP99),
        LatencyMaximum = Time(LatencyMaximum),
        CapacityLost = CapacityLost,
        Evidence = List(Evidence),
        Labels = List(Labels),
    };

    public static IReadOnlyList<string> List(string words) => words.Split(Blank, StringSplitOptions.RemoveEmptyEntries);

    // A blank in a word would make two of it.
    private static string Words(IReadOnlyList<string> words) => string.Join(Blank, words.Select(word => string.Join('-', word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(word => word.Length > 0));

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static long? Micros(TimeSpan? time) => time is { } given ? Micros(given) : null;

    private static TimeSpan? Time(long? microseconds) => microseconds is { } given ? TimeSpan.FromMicroseconds(given) : null;
}
