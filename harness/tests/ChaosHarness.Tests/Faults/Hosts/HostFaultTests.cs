using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Hosts;
using ChaosHarness.Safety;
using ChaosHarness.Tests.Experiments;
using ChaosHarness.Tests.Hosts;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>Faults by commands on a host, on this machine and over ssh.</summary>
[TestFixture("local")]
[TestFixture("ssh")]
public sealed class HostFaultTests(string kind) : HostFixture(kind)
{
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("hosts-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    private string Down => Path.Combine(_folder, "it's down; echo $HOME");

    private HostFault Outage => Host.Command("take web-2 down", "web-2", ["touch", Down], ["rm", "-f", Down], ["test", "!", "-e", Down]);

    [Test]
    public async Task One_command_makes_it_take_effect_and_another_undoes_it()
    {
        Assert.That((Outage.Description, Outage.Targets.Single(), Outage.Mistakes.Count, Outage.Lease), Is.EqualTo(("take web-2 down", "web-2", 0, TimeSpan.FromSeconds(15))));
        await using var place = new InjectionPlace(TimeProvider.System);
        Assert.That((await Outage.LookAsync(CancellationToken.None)).Obstacle, Is.Null);

        var active = await place.InjectAsync(Outage);

        Assert.That(Down, Does.Exist);
        Assert.That((await Outage.LookAsync(CancellationToken.None)).Obstacle, Does.Contain("web-2 is not there to be hit: `test '!' -e "));
        Assert.That((await active.Fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Unknown));
        Assert.That(active.Recipe.Kind, Is.EqualTo("host.command." + Host.Address.Kind));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(Down, Does.Not.Exist);
        Assert.That(SwitchPlaces.Find(active.Recipe.Parameters), Is.Null);
    }

    [Test]
    public async Task Planning_leaves_nothing_on_theHost_however_often()
    {
        var fault = Outage.Leased("2s");
        var (one, other) = (await fault.PlanRevertAsync(CancellationToken.None), await fault.PlanRevertAsync(CancellationToken.None));
        Assert.That((SwitchPlaces.Find(one.Parameters), SwitchPlaces.Find(other.Parameters)), Is.EqualTo(((string?)null, (string?)null)));

        await fault.PrepareAsync(one, CancellationToken.None);

        Assert.That((SwitchPlaces.Find(one.Parameters) is not null, SwitchPlaces.Find(other.Parameters), File.Exists(Down)), Is.EqualTo((true, (string?)null, false)));
        await fault.RevertAsync(one, CancellationToken.None);
        Assert.That(SwitchPlaces.Find(one.Parameters), Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Who_finds_it_after_a_kill_undoes_it_from_its_recipe(bool isLeased)
    {
        var fault = isLeased ? Outage : Outage.Unleased();
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);
        var written = new RevertRecipe(recipe.Kind, new Dictionary<string, string>(recipe.Parameters), recipe.Instructions);

        await RecipeReverters.BuiltIn.Single(reverter => reverter.Kind == recipe.Kind).RevertAsync(written, CancellationToken.None);

        Assert.That(Down, Does.Not.Exist);
        Assert.That(recipe.Instructions, Is.EqualTo($"On {Host.Name}, run: rm -f '{Down.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        Assert.That(SwitchPlaces.Find(recipe.Parameters), Is.Null);
    }

    [Test]
    public async Task A_fault_that_theHost_undid_is_gone()
    {
        var fault = Outage.Leased("2s");
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);
        File.Delete(Path.Combine(SwitchPlaces.Find(recipe.Parameters)!, "renewed"));
        Assert.That(() => File.Exists(Down), Is.False.After(10_000, 10));

        var presence = await fault.IsThereAsync(recipe, CancellationToken.None);

        Assert.That((presence.Kind, presence.Detail), Is.EqualTo((PresenceKind.Gone, $"{Host.Name} undid it by itself, as its lease had not been renewed")));
        await fault.RevertAsync(recipe, CancellationToken.None);
        await fault.RevertAsync(recipe, CancellationToken.None);
    }

    [Test]
    public async Task What_fails_half_way_is_undone()
    {
        await using var place = new InjectionPlace(TimeProvider.System);

        Assert.That(async () => await place.InjectAsync(Host.Command("half", "web-2", ["sh", "-c", "touch \"$0\"; echo 'no: password=geheim' >&2; exit 4", Down], ["rm", "-f", Down])),
            Throws.Exception.With.Message.Contains("ended with exit code 4. It wrote: no: password=***"));

        Assert.That(Down, Does.Exist);
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(Down, Does.Not.Exist);
    }

    [Test]
    public async Task What_the_system_replaces_itself_leaves_nothing_to_undo()
    {
        var fault = Host.Command("take web-2 down", "web-2", ["touch", Down], revert: null);
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);

        await fault.ApplyAsync(recipe, CancellationToken.None);
        await fault.RevertAsync(recipe, CancellationToken.None);

        Assert.That((recipe.Kind, File.Exists(Down)), Is.EqualTo((RevertRecipe.OwnedByRun, true)));
    }

    [Test]
    public async Task A_program_that_is_not_on_theHost_is_found_out_before_anything_is_broken()
    {
        using var shop = new FakeSystem();
        var record = await shop.RunAsync(shop.Experiment.Inject(Host.Command("take it down", "shop", ["touch", Down], ["bring-it-back"])));

        Assert.That((record.Outcome, record.Reason), Is.EqualTo((Outcome.Inconclusive, $"'take it down' cannot be done and undone: on {Host.Name} there is no program 'bring-it-back': install it, or give its path")));
        Assert.That(Down, Does.Not.Exist);
    }

    [Test]
    public void Mistakes_are_named()
    {
        Assert.That(Host.Command("x", "shop", [], ["true"]).Mistakes, Is.EqualTo(new[] { "'x': each command begins with a program, and none of its words is null or has a character 0." }));
        Assert.That(Outage.Leased("1s").Mistakes.Single(), Does.StartWith("Leased of 'take web-2 down': '1s' is not a duration from 2s"));
        Assert.That(Outage.Leased("1500ms").Leased("2h").Mistakes, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task AHost_that_does_not_answer_is_found_out_before_anything_is_broken()
    {
        if (Server is null)
        {
            return;
        }

        await using var nobody = new SshHost("127.0.0.1", Server.Options with { Port = 1 });
        var look = await nobody.Command("x", "shop", ["true"], ["true"]).LookAsync(CancellationToken.None);

        Assert.That(look.Obstacle, Does.StartWith("'x' cannot be done and undone: db-host cannot be reached"));
    }
}
