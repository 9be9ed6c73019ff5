using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Tests.Experiments;

namespace ChaosHarness.Tests.Faults;

[Platform(Exclude = "Win", Reason = "The programs are those of a shell.")]
public sealed class CommandFaultTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("commands-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private string Down => Path.Combine(_folder, "down; echo $HOME");

    [Test]
    public async Task One_program_makes_it_take_effect_and_another_undoes_it_without_a_shell_between()
    {
        var fault = Fault.Command("terminate web-2", "web-2", ["touch", Down], ["rm", "-f", Down], ["test", "!", "-e", Down]);
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);

        Assert.That((fault.Description, fault.Targets.Single(), fault.Mistakes.Count), Is.EqualTo(("terminate web-2", "web-2", 0)));
        Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Is.Null);
        await fault.ApplyAsync(recipe, CancellationToken.None);
        Assert.That(Down, Does.Exist);
        Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Does.StartWith($"web-2 is not there to be hit: `test '!' -e '{Down}'` ended with exit code 1."));
        await fault.RevertAsync(recipe, CancellationToken.None);
        Assert.That(Down, Does.Not.Exist);
    }

    [Test]
    public async Task Who_finds_it_after_a_kill_undoes_it_from_its_recipe()
    {
        var fault = Fault.Command("terminate web-2", "web-2", ["touch", Down], ["rm", "-f", Down]);
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);
        await fault.ApplyAsync(recipe, CancellationToken.None);

        await RecipeReverters.BuiltIn.Single(reverter => reverter.Kind == recipe.Kind).RevertAsync(recipe, CancellationToken.None);

        Assert.That(Down, Does.Not.Exist);
    }

    [Test]
    public async Task What_the_system_replaces_itself_leaves_nothing_to_undo()
    {
        var fault = Fault.Command("terminate web-2", "web-2", ["touch", Down], revert: null);
        var recipe = await fault.PlanRevertAsync(CancellationToken.None);

        Assert.That(recipe.Kind, Is.EqualTo(RevertRecipe.OwnedByRun));
        await fault.ApplyAsync(recipe, CancellationToken.None);
        await fault.RevertAsync(recipe, CancellationToken.None);
        Assert.That(Down, Does.Exist);
    }

    [Test]
    public async Task A_program_that_is_not_there_is_found_out_before_anything_is_broken()
    {
        using var shop = new FakeSystem();
        var record = await shop.RunAsync(shop.Experiment.Inject(Fault.Command("terminate web-2", "shop", ["touch", Down], ["bring-it-back"])));

        Assert.That((record.Outcome, record.Reason), Is.EqualTo((Outcome.Inconclusive, "'terminate web-2' cannot be done and undone here: there is no program 'bring-it-back'; install it, or give its path")));
        Assert.That(Down, Does.Not.Exist);
    }

    [Test]
    public void A_command_without_a_program_is_a_mistake()
    {
        using var shop = new FakeSystem();
        foreach (var wrong in new[] { Fault.Command("x", "shop", [], null), Fault.Command("x", "shop", ["true"], [""]), Fault.Command("x", "shop", ["true"], null, ["true", null!]) })
        {
            Assert.That(async () => await shop.RunAsync(shop.Experiment.Inject(wrong)), Throws.TypeOf<InvalidExperimentException>().With.Message.Contains("Command of 'x': each command begins with a program, and none of its arguments is null."));
        }
    }

    [Test]
    public async Task A_path_is_meant_from_where_it_was_given()
    {
        var fault = Fault.Command("x", "shop", ["true"], ["./back.sh", "now"]);

        Assert.That((await fault.PlanRevertAsync(CancellationToken.None)).Parameters["program"], Is.EqualTo(Path.Combine(Environment.CurrentDirectory, "back.sh")));
    }
}
