using ChaosHarness.Measurement;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Measurement;

public sealed class DetectionTests
{
    private static readonly TimeWindow Injection = new(S(10), S(11));
    private static readonly TimeWindow Revert = new(S(20), S(21));

    [Test]
    public void The_first_signal_after_the_injection_is_the_detection()
    {
        var detections = Detection.Measure([At(5, SignalKind.Detected, "lb"), At(12, SignalKind.Detected, "lb"), At(13, SignalKind.Detected, "lb"), At(14, SignalKind.Detected, "agent")], Injection, Revert);

        Assert.That(detections.Select(detection => detection.Source), Is.EqualTo(new[] { "lb", "agent" }));
        Assert.That(detections[0].TimeToDetect, Is.EqualTo(new Bounds(S(1), S(2))));
    }

    [Test]
    public void A_signal_during_the_injection_counts_from_zero() =>
        Assert.That(Detection.Measure([At(10.5, SignalKind.Detected, "lb")], Injection, null)[0].TimeToDetect, Is.EqualTo(new Bounds(TimeSpan.Zero, S(0.5))));

    [Test]
    public void What_is_only_noticed_after_the_revert_was_not_detected() =>
        Assert.That(Detection.Measure([At(20.5, SignalKind.Detected, "lb")], Injection, Revert), Is.Empty);

    [Test]
    public void Reinstatement_is_the_same_source_speaking_after_the_revert()
    {
        var detection = Detection.Measure(
            [At(12, SignalKind.Detected, "lb"), At(15, SignalKind.Recovered, "lb"), At(22, SignalKind.Recovered, "other"), At(23, SignalKind.Recovered, "lb"), At(25, SignalKind.Recovered, "lb")],
            Injection,
            Revert)[0];

        Assert.That(detection.TimeToReinstate, Is.EqualTo(new Bounds(S(2), S(3))));
    }

    [Test]
    public void Moments_at_the_very_edges_belong_to_the_run()
    {
        Assert.That(Detection.Measure([At(10, SignalKind.Detected, "lb")], Injection, Revert), Has.Count.EqualTo(1));
        Assert.That(Detection.Measure([At(20, SignalKind.Detected, "lb")], Injection, Revert), Has.Count.EqualTo(1));
        Assert.That(Detection.Measure([At(12, SignalKind.Detected, "lb"), At(20, SignalKind.Recovered, "lb")], Injection, Revert)[0].TimeToReinstate, Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
    }

    [Test]
    public void Without_revert_or_recovery_there_is_no_reinstatement()
    {
        Assert.That(Detection.Measure([At(12, SignalKind.Detected, "lb"), At(30, SignalKind.Recovered, "lb")], Injection, null)[0].TimeToReinstate, Is.Null);
        Assert.That(Detection.Measure([At(12, SignalKind.Detected, "lb")], Injection, Revert)[0].TimeToReinstate, Is.Null);
    }

    private static TimedSignal At(double seconds, SignalKind kind, string source) => new(S(seconds), new Signal(0, source, kind, "said"));

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
