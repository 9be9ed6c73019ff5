using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Systems;

namespace ChaosHarness.Clusters.Tests;

[Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PolledLeaderTests : IDisposable
{
    private const string Nobody = "";
    private readonly List<Signal> _heard = [];
    private readonly SteppedTime _time = new();
    private readonly List<long> _looks = [];

    public void Dispose() => _time.Dispose();

    [Test]
    public async Task Another_leader_was_promoted_between_the_look_before_it_and_the_one_that_saw_it()
    {
        await SayAsync("a", "a", "b", "b");

        var promoted = _heard.Single();
        Assert.That((promoted.Source, promoted.Kind, promoted.Detail), Is.EqualTo(("b", SignalKind.Promoted, "leads")));
        Assert.That((promoted.NotBefore, promoted.Timestamp), Is.EqualTo(((long?)_looks[1], _looks[2])));
    }

    [Test]
    public async Task Whoever_leads_at_first_was_not_promoted()
    {
        await SayAsync("a", "a", "a");

        Assert.That(_heard, Is.Empty);
    }

    [Test]
    public async Task While_nobody_leads_nobody_is_promoted_and_who_leads_again_is_no_other()
    {
        await SayAsync("a", Nobody, Nobody, "a");

        Assert.That(_heard, Is.Empty);
    }

    [Test]
    public async Task After_a_time_in_which_nobody_led_another_was_promoted_at_some_moment_of_it()
    {
        await SayAsync("a", Nobody, Nobody, "b");

        Assert.That((_heard.Single().Source, _heard[0].NotBefore, _heard[0].Timestamp), Is.EqualTo(("b", (long?)_looks[0], _looks[3])));
    }

    [Test]
    public async Task When_nobody_led_at_first_the_first_who_does_was_not_promoted()
    {
        await SayAsync(Nobody, "a", "b");

        Assert.That(_heard.Select(signal => signal.Source), Is.EqualTo(new[] { "b" }));
    }

    // Of two who lead at once it is told whom it was told of last: a lie of one look is two promotions, and hides nothing.
    [TestCase("a", "b", "a")]
    [TestCase("b", "a", "b", "a")]
    public async Task Two_who_are_named_in_turn_are_promoted_in_turn(params string[] named)
    {
        await SayAsync(named);

        Assert.That(_heard.Select(signal => signal.Source), Is.EqualTo(named.Skip(1)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_look_that_hangs_is_given_up_and_says_nothing(bool listens)
    {
        var (hangs, hung, named) = (false, new SemaphoreSlim(0), "a");
        using var listening = new PolledLeader(AskAsync) { Time = _time }.Subscribe(_heard.Add);
        await _time.AsleepAsync();
        hangs = true;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(await hung.WaitAsync(TimeSpan.FromMinutes(1)), Is.True);
        (hangs, named) = (false, "b");
        _time.Advance(TimeSpan.FromSeconds(2));
        await _time.NextAsync();
        await _time.AsleepAsync();

        Assert.That((_heard.Single().Source, _heard[0].NotBefore), Is.EqualTo(("b", (long?)_looks[0])));

        Task<string> AskAsync(CancellationToken cancellationToken)
        {
            _looks.Add(_time.GetTimestamp());
            if (!hangs)
            {
                return Task.FromResult(named);
            }

            hung.Release();
            return new TaskCompletionSource<string>().Task.WaitAsync(listens ? cancellationToken : CancellationToken.None);
        }
    }

    // One look for each, the first as soon as somebody listens.
    private async Task SayAsync(params string[] leaders)
    {
        var left = new Queue<string>(leaders);
        using var listening = new PolledLeader(_ => Task.FromResult(Next())) { Time = _time }.Subscribe(_heard.Add);
        foreach (var _ in leaders.Skip(1))
        {
            await _time.NextAsync();
        }

        await _time.AsleepAsync();

        string Next()
        {
            _looks.Add(_time.GetTimestamp());
            return left.Dequeue() is { Length: > 0 } name ? name : throw new InvalidOperationException("nobody leads");
        }
    }
}
