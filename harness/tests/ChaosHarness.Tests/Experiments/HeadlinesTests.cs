using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Experiments;

public sealed class HeadlinesTests
{
    [Test]
    public void Of_several_signals_the_whole_system_comes_first_then_what_is_held_to_an_objective_then_the_first()
    {
        Assert.That(Of(Recovery("a", 1), Recovery("b", 2)).Recovery!.Value.Upper, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(Of(Recovery("a", 1), Recovery("b", 2, 5), Recovery("c", 3, 5)).Recovery!.Value.Upper, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(Of(Recovery("b", 2, 5), Recovery("", 4)).Recovery!.Value.Upper, Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(Of().Recovery, Is.Null);
    }

    [TestCase(1.02, 1.05, "1.02s..1.05s")]
    [TestCase(60.0, null, "not recovered after 60s")]
    [TestCase(0.0, null, "not recovered after 0s")]
    [TestCase(60.0, double.PositiveInfinity, "not recovered after 60s")]
    [TestCase(null, null, "not known")]
    public void A_recovery_reads_as_its_interval_or_as_none(double? lower, double? upper, string text) =>
        Assert.That(Of(new RecordedFigure(new Figure(FigureNames.RecoveryTime, "a", Unit.Seconds, lower, upper))).RecoveryText, Is.EqualTo(text));

    [Test]
    public void Who_was_not_interrupted_recovered_within_what_could_have_gone_unseen()
    {
        var unseen = new RecordedFigure(new Figure(FigureNames.UnseenInterruption, "a", Unit.Seconds, 0, 0.012), 2, true);

        var headlines = Of(unseen, Recovery("b", 3));

        Assert.That((headlines.Recovery, headlines.Rto, headlines.Interrupted), Is.EqualTo(((Bounds?)new Bounds(TimeSpan.Zero, TimeSpan.FromMilliseconds(12)), (TimeSpan?)TimeSpan.FromSeconds(2), (bool?)false)));
        Assert.That(headlines.RecoveryText, Is.EqualTo("no interruption longer than 12ms"));
        Assert.That(Of(Recovery("b", 3, 5), unseen with { Objective = null }).Interrupted, Is.True, "that another was not interrupted says nothing of this one");
    }

    [Test]
    public void Losses_detections_and_availability_read_as_people_say_them()
    {
        static RecordedFigure Exact(string name, double value, double? objective = null) => new(Figure.Exact(name, "a", Unit.Count, value), objective);
        var detections = new[] { "", "slow", "quick", "never" }.Select((source, i) => new RecordedFigure(new Figure(FigureNames.TimeToDetect, source, Unit.Seconds, 0.1, source switch { "slow" => 0.5, "never" => null, _ => 0.2 })));

        Assert.That(Of(Exact(FigureNames.LostWrites, 0, 0), Exact(FigureNames.AcknowledgedWrites, 4213)).LossText, Is.EqualTo("0 of 4213 writes"));
        Assert.That(Of(Exact(FigureNames.LostWrites, 17), Exact(FigureNames.AcknowledgedWrites, 4213), Exact(FigureNames.RecoveryPoint, 0.34)).LossText, Is.EqualTo("17 of 4213 writes, 340ms"));
        Assert.That(Of(Exact(FigureNames.LostWrites, 17, 500), Exact(FigureNames.RecoveryPoint, 0.34, 2)).Rpo, Is.EqualTo("500 writes, 2s"));
        Assert.That(Of([.. detections]).DetectionText, Is.EqualTo("100ms..200ms by quick"));
        Assert.That(Of(new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 9, null))).DetectionText, Is.EqualTo("nobody noticed"));
        Assert.That(Of(Exact(FigureNames.Availability, 3891 / 4001.0), Exact(FigureNames.DueRequests, 4001)).AvailabilityText, Is.EqualTo("97.25% (3891 of 4001)"));
        Assert.That(Of(Exact(FigureNames.Availability, 0.999999)).AvailabilityText, Is.EqualTo("99.99%"), "100% means all");
        Assert.That(Of(Exact(FigureNames.Availability, 0.9999)).AvailabilityText, Is.EqualTo("99.99%"));
    }

    [Test]
    public void What_nobody_looked_for_is_a_dash() =>
        Assert.That(new[] { Of().RecoveryText, Of().LossText, Of().DetectionText, Of().AvailabilityText }, Has.All.EqualTo("-"));

    private static Headlines Of(params IReadOnlyList<RecordedFigure> figures) => new(figures);

    private static RecordedFigure Recovery(string signal, double seconds, double? objective = null) => new(new Figure(FigureNames.RecoveryTime, signal, Unit.Seconds, 0, seconds), objective, objective is null ? null : true);
}
