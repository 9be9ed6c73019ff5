using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>The recovery of one source, measured. What costs a walk over all of its requests is found out when it is asked for, once.</summary>
internal sealed class RecoveryMeasurement
{
    private readonly RecoverySettings _settings;
    private readonly Lazy<TimeSpan?> _longestUnseen;
    private readonly Lazy<TimeSpan?> _longestUnseenLater;
    private readonly Lazy<int> _outages;
    private readonly Lazy<RecoveryEstimate?> _estimate;

    public RecoveryMeasurement(IRequests source, RecoverySettings settings)
    {
        _settings = settings;
        var requests = new KnownRequests(source);
        Bounds = RecoveryBounds.Of(requests, settings.Rule, settings.Injection, settings.Stability);
        _longestUnseen = new(() => UnseenOutage.From(requests, settings.Injection.Start));
        _longestUnseenLater = new(() => UnseenOutage.After(requests, requests.LastSentOfAnswered(Bounds.ServedFrom)));
        _outages = new(() => Bounds.Interrupted ? OutageCount.Of(requests, settings.Rule, settings.Injection.Start) : 0);
        _estimate = new(() => RecoveryEstimate.Of(requests, settings, Bounds));
    }

    public RecoveryBounds Bounds { get; }

    public Bounds Actual => Bounds switch
    {
        { Interrupted: false, Recovered: true } => new Bounds(TimeSpan.Zero, _longestUnseen.Value),
        { Interrupted: false } => new Bounds(TimeSpan.Zero, null),
        _ => Bounds.Actual(_settings.Injection),
    };

    public TimeSpan? LongestUnseen => Bounds is { Interrupted: false, Recovered: true } ? _longestUnseen.Value : null;

    public TimeSpan? LongestUnseenLater => Bounds is { Interrupted: true, Recovered: true } ? _longestUnseenLater.Value : null;

    public int Outages => _outages.Value;

    public RecoveryEstimate? Estimate => _estimate.Value;
}
