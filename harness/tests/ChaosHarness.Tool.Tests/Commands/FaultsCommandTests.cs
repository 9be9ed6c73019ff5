using System.Text.Json;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>Faults that killed runs left behind, as a person deals with them at a terminal.</summary>
public sealed class FaultsCommandTests
{
    private const string First = "20260101-000000-00000001/1";
    private const string Second = "20260101-000000-00000001/2";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("faults-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task None_is_told_and_is_well()
    {
        var (exitCode, output, _) = await FaultsAsync("list");

        Assert.That((exitCode, output), Is.EqualTo((0, $"Nothing is left broken, says {_folder}.{Environment.NewLine}")));
    }

    [Test]
    public async Task They_are_listed_with_what_a_person_does_and_nothing_is_changed()
    {
        await LeaveAsync("touch", "undone");

        var (exitCode, output, _) = await FaultsAsync("list");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain($"{First}  2026-01-01 00:00:00 UTC  break the door on door, wall of shop in local").And.Contain("  by hand: mend it"));
        Assert.That((await FaultsAsync("list")).Output, Is.EqualTo(output));
        Assert.That(Path.Combine(_folder, "undone"), Does.Not.Exist);
    }

    [Test, Platform(Exclude = "Win")]
    public async Task A_dry_run_undoes_nothing_and_a_run_all()
    {
        await LeaveAsync("touch", Path.Combine(_folder, "undone"));

        Assert.That((await FaultsAsync("revert", "--dry-run")).Output, Does.Contain("break the door").And.Contain("All of these would be undone."));
        Assert.That(Path.Combine(_folder, "undone"), Does.Not.Exist);
        var (exitCode, output, _) = await FaultsAsync("revert");
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("1 undone, 0 left."));
        Assert.That(Path.Combine(_folder, "undone"), Does.Exist);
        Assert.That((await FaultsAsync("list")).ExitCode, Is.Zero);
    }

    [Test, Platform(Exclude = "Win")]
    public async Task What_cannot_be_undone_stays_and_says_why()
    {
        await LeaveAsync("false");

        var (exitCode, output, _) = await FaultsAsync("revert");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("not undone: `false` ended with exit code 1").And.Contain("mend it").And.Contain("0 undone, 1 left."));
        Assert.That((await FaultsAsync("list")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_a_person_has_undone_is_forgotten_by_its_id()
    {
        await LeaveAsync("false");

        Assert.That((await FaultsAsync("discard", Second)).ExitCode, Is.EqualTo(2));
        var (exitCode, output, _) = await FaultsAsync("discard", First);
        Assert.That((exitCode, output), Is.EqualTo((0, $"Forgotten: break the door{Environment.NewLine}")));
        Assert.That((await FaultsAsync("list")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task An_unknown_id_is_told_with_where_ids_are()
    {
        var (exitCode, _, errors) = await FaultsAsync("discard", "nobody\u001b[31m");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("has no fault nobody\u00b7[31m").And.Contain("chaos faults list"));
    }

    [Test]
    public async Task Names_of_others_do_nothing_to_the_terminal()
    {
        await LeaveAsync("false", name: "break \u001b]0;title\u0007 it");

        Assert.That((await FaultsAsync("list")).Output, Does.Contain("break \u00b7]0;title\u00b7 it").And.Not.Contain("\u001b"));
    }

    private Task<(int ExitCode, string Output, string Errors)> FaultsAsync(params string[] arguments) => ChaosProgram.RunAsync(_folder, ["faults", .. arguments, "--journals", _folder]);

    // As a run that was killed leaves it: written, and nobody holds it.
    private async Task LeaveAsync(string program, string? argument = null, string name = "break the door")
    {
        var parameters = new Dictionary<string, string> { ["program"] = program };
        if (argument is not null)
        {
            parameters["argument0"] = argument;
        }

        var line = new
        {
            @event = "planned",
            id = First,
            at = "2026-01-01T00:00:00+00:00",
            fault = name,
            targets = new[] { "door", "wall" },
            system = "shop in local",
            recipe = new { kind = "command.run", instructions = "mend it", parameters },
        };
        await File.WriteAllTextAsync(Path.Combine(_folder, "20260101-000000-00000001.faults.jsonl"), JsonSerializer.Serialize(line) + "\n");
    }
}
