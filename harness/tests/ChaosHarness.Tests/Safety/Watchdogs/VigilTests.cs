using System.Text.Json;
using ChaosHarness.Safety;
using ChaosHarness.Safety.Watchdogs;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety.Watchdogs;

public sealed class VigilTests
{
    private static int s_undone;
    private static int s_failing;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
    private string _folder = null!;

    [SetUp]
    public void Create()
    {
        _folder = Directory.CreateTempSubdirectory("vigil-").FullName;
        (s_undone, s_failing) = (0, 0);
    }

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_undoes_when_the_orders_end_and_not_before()
    {
        var orders = new Lines();
        var answers = new StringWriter();
        var vigil = Start(orders, answers);
        orders.Say(Order(typeof(Undoing)));
        Assert.That(answers.ToString, Is.EqualTo(Environment.NewLine).After(5_000, 5), "it looks after the folder");
        Assert.That(WatchdogState.Find(_folder), Is.EqualTo(new[] { new WatchdogState(1, 2, _time.Start) }));
        Break("cut");
        Assert.That(s_undone, Is.Zero);

        orders.End();
        await EndedAsync(vigil);

        Assert.That(s_undone, Is.EqualTo(1), "once, though it looks several times");
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public async Task A_journal_that_its_owner_gives_up_late_is_undone_too()
    {
        var orders = new Lines();
        var journal = FaultJournal.Create(_folder, "run", _time);
        journal.Planned(Fault("cut"));
        orders.Say(Order(typeof(Undoing)));
        orders.End();
        var vigil = Start(orders, new StringWriter());
        await FakeTime.SettleAsync();
        Assert.That(s_undone, Is.Zero, "its owner has it");

        journal.Dispose();
        await EndedAsync(vigil);

        Assert.That(s_undone, Is.EqualTo(1));
    }

    [Test]
    public async Task What_cannot_be_undone_is_tried_again_for_a_quarter_of_an_hour()
    {
        var orders = new Lines();
        Break("cut");
        s_failing = int.MaxValue;
        orders.Say(Order(typeof(Undoing)));
        orders.End();
        var vigil = Start(orders, new StringWriter());

        await EndedAsync(vigil);

        Assert.That(_time.GetUtcNow() - _time.Start, Is.InRange(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)));
        Assert.That(int.MaxValue - s_failing, Is.InRange(10, 60), "every half minute in the end");
        Assert.That(LeftoverFaults.Find(_folder, _time).Single().Fault, Is.EqualTo("cut"), "the next run finds it");
    }

    [Test]
    public async Task What_cannot_be_undone_at_first_is_undone_later()
    {
        var orders = new Lines();
        Break("cut");
        s_failing = 6;
        orders.Say(Order(typeof(Undoing)));
        orders.End();

        await EndedAsync(Start(orders, new StringWriter()));

        Assert.That(s_undone, Is.EqualTo(1));
        Assert.That(_time.GetUtcNow() - _time.Start, Is.LessThan(TimeSpan.FromMinutes(15)));
    }

    [Test]
    public async Task It_says_what_it_cannot_make_and_does_the_rest()
    {
        var orders = new Lines();
        var answers = new StringWriter();
        Break("cut");
        orders.Say(Order(typeof(Unmakeable), typeof(Undoing)));
        orders.Say("no order");
        orders.Say("null");
        orders.End();

        await EndedAsync(Start(orders, answers));

        var said = answers.ToString().Split(Environment.NewLine);
        Assert.That(said[0], Does.StartWith("it cannot make ").And.Contain(nameof(Unmakeable)));
        Assert.That(said[1], Does.StartWith("it does not understand what it was told: "));
        Assert.That(said[2], Is.EqualTo("it was told nothing"));
        Assert.That(s_undone, Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_does_not_say_what_it_undoes_costs_itself_alone()
    {
        var orders = new Lines();
        var answers = new StringWriter();
        Break("cut");
        orders.Say(Order(typeof(Kindless), typeof(Undoing)));
        orders.End();

        await EndedAsync(Start(orders, answers));

        Assert.That(answers.ToString(), Does.StartWith("it cannot make ").And.Contain(nameof(Kindless)).And.Contain("of no kind"));
        Assert.That(s_undone, Is.EqualTo(1));
    }

    [Test]
    public async Task What_nobody_here_can_undo_is_not_waited_for()
    {
        var orders = new Lines();
        Break("cut");
        orders.Say(Order());
        orders.End();

        // By the clock of this machine: four looks, and not a quarter of an hour.
        await new Vigil(orders, new StringWriter(), new WatchdogState(1, 2, _time.Start), TimeProvider.System).RunAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(LeftoverFaults.Find(_folder, _time), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_folder_that_is_no_more_ends_it()
    {
        var orders = new Lines();
        orders.Say(Order(typeof(Undoing)) with { Folder = Path.Combine(_folder, "none", "such") });
        orders.End();

        await EndedAsync(Start(orders, new StringWriter()));

        Assert.That(_time.GetUtcNow() - _time.Start, Is.LessThan(TimeSpan.FromMinutes(15)));
    }

    private Task Start(TextReader orders, TextWriter answers) => new Vigil(orders, answers, new WatchdogState(1, 2, _time.Start), _time).RunAsync();

    private async Task EndedAsync(Task vigil)
    {
        for (var i = 0; i < 3_000 && !vigil.IsCompleted; i++)
        {
            await FakeTime.SettleAsync();
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        await vigil.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private WatchOrder Order(params Type[] types) => new(_folder, [.. types.Select(type => type.AssemblyQualifiedName!)], [], TimeSpan.FromSeconds(5));

    private void Break(string fault)
    {
        using var journal = FaultJournal.Create(_folder, "run", _time);
        journal.Planned(Fault(fault));
    }

    private FaultJournalLine Fault(string name) => new(FaultJournalEvent.Planned, Guid.NewGuid().ToString("N"), _time.GetUtcNow()) { Fault = name, Recipe = new RevertRecipe("test", new Dictionary<string, string>(), "by hand") };

    /// <summary>Lines that come when they are said.</summary>
    private sealed class Lines : TextReader
    {
        private readonly System.Threading.Channels.Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public void Say(WatchOrder order) => Say(JsonSerializer.Serialize(order, SafetyJson.Default.WatchOrder));

        public void Say(string line) => _lines.Writer.TryWrite(line);

        public void End() => _lines.Writer.TryComplete();

        public override async Task<string?> ReadLineAsync() => await _lines.Reader.WaitToReadAsync() && _lines.Reader.TryRead(out var line) ? line : null;
    }

    private sealed class Undoing : IRecipeReverter
    {
        public string Kind => "test";

        public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
        {
            if (s_failing > 0)
            {
                s_failing--;
                throw new InvalidOperationException("not now");
            }

            s_undone++;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Kindless : IRecipeReverter
    {
        public string Kind => throw new NotSupportedException("of no kind");

        public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class Unmakeable(string needed) : IRecipeReverter
    {
        public string Kind => needed;

        public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
