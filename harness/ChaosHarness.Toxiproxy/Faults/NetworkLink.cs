using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Timing;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>
/// A network link of the system under test that runs through one proxy, or through several that make it up together. Its methods are faults:
/// each is written to the fault journal before it takes effect, and leased, so that nothing stays when the run is killed.
/// </summary>
/// <param name="Name">What it is called in records, such as <c>orders-a to database</c>.</param>
/// <param name="Client">A client of the server that has the proxies.</param>
/// <param name="Proxies">The names of the proxies.</param>
public sealed record NetworkLink(string Name, Client Client, IReadOnlyList<string> Proxies)
{
    /// <summary>The components that faults on it hit, for the blast radius.</summary>
    /// <value>Default: the link itself.</value>
    public IReadOnlyList<string> Targets { get; init; } = [Name];

    /// <summary>The share of connections that faults act on, chosen by the server's seed.</summary>
    /// <value>Default: 1, all.</value>
    public double Share { get; init; } = 1;

    /// <summary>How long a fault outlives a run that died, on servers that know leases. It is renewed three times in that time.</summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the server was started by the run and ends with it, so that nothing can be left to undo.</summary>
    /// <value>Default: false.</value>
    public bool IsOwnedByRun { get; init; }

    /// <summary>Several links as one, with the share and the lease of the first.</summary>
    /// <param name="name">What they are called together.</param>
    /// <param name="links">At least one, all on the same server.</param>
    /// <returns>The links as one.</returns>
    /// <exception cref="ArgumentException">They are on several servers.</exception>
    public static NetworkLink Join(string name, params IReadOnlyList<NetworkLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentOutOfRangeException.ThrowIfZero(links.Count);
        if (links.Any(link => link.Client.Server != links[0].Client.Server))
        {
            throw new ArgumentException("Only links on the same server can be joined; inject one fault for each server with Schedule.InParallel instead.", nameof(links));
        }

        return links[0] with
        {
            Name = name,
            Proxies = [.. links.SelectMany(link => link.Proxies).Distinct()],
            Targets = [.. links.SelectMany(link => link.Targets).Distinct()],
        };
    }

    /// <summary>Delays data.</summary>
    /// <param name="latency">How much, such as <c>100ms</c>.</param>
    /// <param name="jitter">How far it varies either way.</param>
    /// <param name="direction">Which way; both ways delay a round trip twice.</param>
    /// <returns>The fault.</returns>
    public Fault Latency(string latency, string jitter = "0ms", LinkDirection direction = LinkDirection.ToClient) => Fault(
        $"delay {Name} by {latency}",
        direction,
        TimeMistakes((nameof(latency), latency), (nameof(jitter), jitter)),
        () => new LatencyToxic { Attributes = { Latency = Milliseconds(latency), Jitter = Milliseconds(jitter) } });

    /// <summary>Limits the rate of each connection.</summary>
    /// <param name="kilobytesPerSecond">The rate, in 1000 bytes a second; at least 1.</param>
    /// <param name="direction">Which way.</param>
    /// <returns>The fault.</returns>
    public Fault Bandwidth(int kilobytesPerSecond, LinkDirection direction = LinkDirection.ToClient) => Fault(
        $"limit {Name} to {kilobytesPerSecond} KB/s",
        direction,
        kilobytesPerSecond < 1 ? [$"{Name}: {nameof(kilobytesPerSecond)} must be at least 1, not {kilobytesPerSecond}; a Partition lets nothing pass."] : [],
        () => new BandwidthToxic { Attributes = { Rate = kilobytesPerSecond } });

    /// <summary>Cuts the two sides off from each other.</summary>
    /// <param name="style">What they see.</param>
    /// <param name="direction">Which way nothing passes; a reset always ends both.</param>
    /// <returns>The fault.</returns>
    public Fault Partition(PartitionStyle style = PartitionStyle.Stall, LinkDirection direction = LinkDirection.Both) =>
        new ToxicFault($"partition {Name} ({Words(style, direction)})", this, PartitionToxics(style, direction), ShareMistakes(style));

    /// <summary>Brings a partition and takes it away again, over and over, on a schedule that does not drift.</summary>
    /// <param name="down">How long each partition lasts.</param>
    /// <param name="up">How long all is well in between.</param>
    /// <param name="style">What the two sides see.</param>
    /// <returns>The fault; it begins with a partition.</returns>
    public Fault Flap(string down, string up, PartitionStyle style = PartitionStyle.Stall) => new FlappingFault(
        $"flap {Name}: {down} down, {up} up ({Words(style, LinkDirection.Both)})",
        this,
        PartitionToxics(style, LinkDirection.Both),
        Time(down),
        Time(up),
        [.. TimeMistakes((nameof(down), down), (nameof(up), up)), .. ShareMistakes(style)]);

    /// <summary>Delays the end of connections.</summary>
    /// <param name="delay">How much.</param>
    /// <param name="direction">Which way.</param>
    /// <returns>The fault.</returns>
    public Fault SlowClose(string delay, LinkDirection direction = LinkDirection.ToClient) =>
        Fault($"end connections of {Name} {delay} later", direction, TimeMistakes((nameof(delay), delay)), () => new SlowCloseToxic { Attributes = { Delay = Milliseconds(delay) } });

    /// <summary>Cuts data into small pieces.</summary>
    /// <param name="averageSize">Of a piece, in bytes.</param>
    /// <param name="variation">How far it varies either way.</param>
    /// <param name="delay">The pause behind each piece.</param>
    /// <param name="direction">Which way.</param>
    /// <returns>The fault.</returns>
    public Fault Slice(int averageSize, int variation = 0, string delay = "0us", LinkDirection direction = LinkDirection.ToClient) => Fault(
        $"slice {Name} into pieces of {averageSize} bytes",
        direction,
        [
            .. TimeMistakes((nameof(delay), delay)),
            .. Unless(averageSize >= 1, nameof(averageSize), "at least 1", averageSize),
            .. Unless(variation >= 0 && variation < Math.Max(averageSize, 1), nameof(variation), "at least 0 and less than the average size", variation),
        ],
        () => new SlicerToxic { Attributes = { AverageSize = averageSize, SizeVariation = variation, Delay = (int)Time(delay).TotalMicroseconds } });

    /// <summary>Ends each connection after a number of bytes.</summary>
    /// <param name="bytes">Those that still pass, counted from the injection.</param>
    /// <param name="direction">Of which way they are counted.</param>
    /// <returns>The fault.</returns>
    public Fault LimitData(long bytes, LinkDirection direction = LinkDirection.ToClient) =>
        Fault($"cut connections of {Name} after {bytes} bytes", direction, Unless(bytes >= 0, nameof(bytes), "at least 0", bytes), () => new LimitDataToxic { Attributes = { Bytes = bytes } });

    /// <summary>Delays data as lost packets do. Needs the server of this harness.</summary>
    /// <param name="rate">The share of segments that are lost, 0 to 1.</param>
    /// <param name="correlation">How likely a segment fares like the one before it.</param>
    /// <param name="direction">Which way.</param>
    /// <returns>The fault.</returns>
    public Fault LosePackets(double rate, double correlation = 0, LinkDirection direction = LinkDirection.Both) =>
        Fault(
            string.Create(CultureInfo.InvariantCulture, $"lose {rate * 100:0.#}% of the packets of {Name}"),
            direction,
            [.. Unless(rate is > 0 and <= 1, nameof(rate), "above 0 and at most 1", rate), .. Unless(correlation is >= 0 and <= 1, nameof(correlation), "0 to 1", correlation)],
            () => new PacketLossToxic { Attributes = { LossRate = rate, Correlation = correlation } });

    /// <summary>Any toxic.</summary>
    /// <param name="description">What it does.</param>
    /// <param name="direction">Which way; the toxic's own direction is not looked at.</param>
    /// <param name="toxic">Makes it; its name and lease are set by the fault.</param>
    /// <returns>The fault.</returns>
    public Fault Fault(string description, LinkDirection direction, Func<ToxicBase> toxic)
    {
        ArgumentNullException.ThrowIfNull(toxic);
        return Fault(description, direction, [], toxic);
    }

    /// <summary>What is wrong with it, whatever is done to it.</summary>
    internal IReadOnlyList<string> Mistakes =>
    [
        .. Proxies.Count == 0 ? [$"{Name}: the link has no proxies, so nothing would be done to it."] : Array.Empty<string>(),
        .. Share is > 0 and <= 1 ? Array.Empty<string>() : [$"{Name}: {nameof(Share)} must be above 0 and at most 1, not {Text(Share)}."],
        .. Lease > TimeSpan.Zero ? Array.Empty<string>() : [$"{Name}: {nameof(Lease)} must be above zero."],
    ];

    private ToxicFault Fault(string description, LinkDirection direction, IReadOnlyList<string> mistakes, Func<ToxicBase> toxic) => new(description, this, Both(direction, toxic), mistakes);

    private IReadOnlyList<string> Unless(bool isRight, string option, string wanted, object given) =>
        isRight ? [] : [string.Create(CultureInfo.InvariantCulture, $"{Name}: {option} must be {wanted}, not {given}.")];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private IReadOnlyList<string> TimeMistakes(params IReadOnlyList<(string Option, string Text)> times) =>
        [.. times.Where(time => !DurationText.TryParse(time.Text, out _)).Select(time => $"{Name}: {time.Option} '{time.Text}' is not a duration such as 250ms, 30s or 5m.")];

    private IReadOnlyList<string> ShareMistakes(PartitionStyle style) =>
        style == PartitionStyle.Blackhole && Share < 1 ? [$"{Name}: a black hole swallows every connection; a share of {Share} needs another style."] : [];

    private static List<ToxicPlan> PartitionToxics(PartitionStyle style, LinkDirection direction) => style switch
    {
        PartitionStyle.Stall => Both(direction, () => new BandwidthToxic()),
        PartitionStyle.Blackhole => [.. Both(direction, () => new BandwidthToxic()), new ToxicPlan(() => new HangConnectToxic())],

        // Servers that do not know how to refuse accept a new connection and reset it when it is used.
        _ => [.. Both(LinkDirection.Both, () => new ResetPeerToxic()), new ToxicPlan(() => new RefuseConnectToxic(), IsOptional: true)],
    };

    private static List<ToxicPlan> Both(LinkDirection direction, Func<ToxicBase> toxic) =>
    [
        .. new[] { (LinkDirection.ToServer, ToxicDirection.UpStream), (LinkDirection.ToClient, ToxicDirection.DownStream) }
            .Where(way => direction == LinkDirection.Both || direction == way.Item1)
            .Select(way => new ToxicPlan(() => Directed(toxic(), way.Item2))),
    ];

    private static ToxicBase Directed(ToxicBase toxic, ToxicDirection stream)
    {
        toxic.Stream = stream;
        return toxic;
    }

    private static string Words(PartitionStyle style, LinkDirection direction) => (style, direction) switch
    {
        (PartitionStyle.Reset, _) => "reset",
        (PartitionStyle.Blackhole, _) => "black hole",
        (_, LinkDirection.ToServer) => "stalled to the server",
        (_, LinkDirection.ToClient) => "stalled to the client",
        _ => "stalled",
    };

    private static int Milliseconds(string duration) => (int)Time(duration).TotalMilliseconds;

    private static TimeSpan Time(string duration) => DurationText.TryParse(duration, out var time) ? time : TimeSpan.Zero;
}
