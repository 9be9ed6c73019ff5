using ChaosHarness.Histories;
using ChaosHarness.Probes;
using CsCheck;

namespace ChaosHarness.Tests.Probes;

public sealed class ObservationLogTests
{
    [Test]
    public void Nothing_behind_an_unanswered_request_is_settled()
    {
        var log = new ObservationLog("orders");
        foreach (var number in new[] { 0, 1, 3, 4 })
        {
            log.Add(At(number));
        }

        Assert.That(log.Settled().Select(observation => observation.Number), Is.EqualTo(new[] { 0, 1 }));
        log.Add(At(2));
        Assert.That(log.Settled().Select(observation => observation.Number), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
    }

    [Test]
    public void Any_order_of_answers_settles_in_the_order_of_the_schedule() => Gen.Shuffle(Enumerable.Range(0, 200).ToArray()).Sample(order =>
    {
        var log = new ObservationLog("orders");
        Array.ForEach(order, number => log.Add(At(number)));
        return log.Settled().Select(observation => (int)observation.Number).SequenceEqual(Enumerable.Range(0, 200));
    });

    [Test]
    public void Those_since_a_time_begin_with_the_first_due_then()
    {
        var log = new ObservationLog("orders");
        foreach (var number in Enumerable.Range(0, 10))
        {
            log.Add(At(number));
        }

        Assert.That(log.SettledSince(TimeSpan.FromSeconds(7)).Select(observation => observation.Number), Is.EqualTo(new[] { 7, 8, 9 }));
        Assert.That(log.SettledSince(TimeSpan.FromSeconds(99)), Is.Empty);
    }

    private static Observation At(int second) =>
        new(second, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second), OperationVerdict.Good);
}
