using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Watchers that an assembly names.</summary>
public sealed class WatcherTests
{
    private const string Parameter = "Chaos.Window";

    [Test]
    public void They_are_made_once_of_the_parameters_of_the_profile_and_shown_its_runs()
    {
        var factory = new Factory();
        var watchers = new AssemblyWatchers([factory]);

        var profiles = Enumerable.Range(0, 2).Select(_ => Profile.From(new Dictionary<string, string> { [Parameter] = " wide " }, "/base", watchers: watchers)).ToList();

        Assert.That(profiles.Select(profile => profile.Options.Watchers.Single()), Is.All.SameAs(factory.Made.Single()));
        Assert.That((factory.Settings!.Parameters[Parameter], factory.Settings.BaseFolder), Is.EqualTo(("wide", "/base")));
        Assert.That(factory.Settings.JournalFolder, Is.EqualTo(Path.Combine("/base", "artifacts", "journals")));
        Assert.That(factory.Settings.SessionFolder, Does.StartWith(Path.Combine("/base", "artifacts", "sessions")));
    }

    [Test]
    public void A_value_that_is_wrong_is_told_with_the_others() =>
        Assert.That(
            () => Profile.From(new Dictionary<string, string> { [Parameter] = "bricked up", ["Chaos.MaximumTargets"] = "none" }, "/base", watchers: new AssemblyWatchers([new Factory()])),
            Throws.TypeOf<FormatException>().With.Message.Contains("Chaos.Window is bricked up").And.Message.Contains("Chaos.MaximumTargets is 'none'"));

    [Test]
    public void Without_them_their_parameters_are_unknown() =>
        Assert.That(() => Profile.From(new Dictionary<string, string> { [Parameter] = "wide" }, "/base"), Throws.TypeOf<FormatException>().With.Message.Contains("There is no parameter 'Chaos.Window'"));

    private sealed class Factory : IRunWatcherFactory
    {
        public List<IRunWatcher> Made { get; } = [];

        public WatcherSettings? Settings { get; private set; }

        public IReadOnlyList<string> Parameters { get; } = [Parameter];

        public IRunWatcher? Create(WatcherSettings settings)
        {
            if (settings.Parameters.GetValueOrDefault(Parameter) == "bricked up")
            {
                throw new FormatException("Chaos.Window is bricked up.");
            }

            Settings = settings;
            Made.Add(new Window());
            return Made[^1];
        }
    }

    private sealed class Window : IRunWatcher
    {
        public Task WatchAsync(LiveRun run, CancellationToken over) => Task.CompletedTask;
    }
}
