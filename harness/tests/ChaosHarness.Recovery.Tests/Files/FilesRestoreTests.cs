using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Files;
using ChaosHarness.Recovery.Tests.Places;

namespace ChaosHarness.Recovery.Tests.Files;

/// <summary>Archives of files, of which some were broken on purpose.</summary>
[Platform("Linux")]
public sealed class FilesRestoreTests
{
    private string _folder = null!;

    private string Source => Path.Combine(_folder, "source");

    private string Manifest => Path.Combine(_folder, "files.manifest");

    [SetUp]
    public async Task BackUpAsync()
    {
        _folder = Directory.CreateTempSubdirectory("files-").FullName;
        Directory.CreateDirectory(Path.Combine(Source, "a b", "ü"));
        await File.WriteAllTextAsync(Path.Combine(Source, "a b", "ü", "1%2F\n.txt"), "one");
        await File.WriteAllBytesAsync(Path.Combine(Source, "empty"), []);
        await File.WriteAllBytesAsync(Path.Combine(Source, "large"), [.. Enumerable.Range(0, 300_000).Select(number => (byte)(number * 31))]);
        await (await FileManifest.OfAsync(Source)).WriteAsync(Manifest);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_whole_copy_is_sound_and_gone_afterwards()
    {
        var outcome = await FolderRun.OfAsync(Restore());

        Assert.That(outcome.IsSound, outcome.ToString());
        Assert.That(outcome.Copy.Checks.Select(check => check.Detail), Is.EqualTo(new[] { "3 files, 300003 bytes", "exit code 0" }));
        Assert.That(outcome.Copy.Phases.Select(phase => phase.Name), Is.EqualTo(new[] { "find", "fetch", "verify" }));
    }

    [TestCase("rm large", "large (missing)")]
    [TestCase("printf x | dd of=large bs=1 seek=777 conv=notrunc 2>/dev/null", "large (other content)")]
    [TestCase("truncate -s 4096 large", "large (4096 bytes, not 300000)")]
    [TestCase(": >large", "large (0 bytes, not 300000)")]
    [TestCase("echo x >new", "new (not in the manifest)")]
    public async Task What_is_not_as_it_was_is_found(string corruption, string found)
    {
        await new LocalHost().RunAsync(HostCommand.Script($"cd \"$1\" && {corruption}", Source), default);

        var outcome = await FolderRun.OfAsync(Restore());

        Assert.That(outcome.IsSound, Is.False);
        Assert.That(outcome.Copy.Checks[0].Detail, Is.EqualTo($"1 differ: {found}"));
    }

    [Test]
    public async Task An_archive_that_cannot_be_read_is_no_restore()
    {
        var restore = new FilesRestore("files", folder => HostCommand.Script("echo no such snapshot >&2; exit 3", folder), Manifest, Path.Combine(_folder, "copy"));

        var outcome = await FolderRun.OfAsync(restore);

        Assert.That(outcome.Copy.Problem, Does.Contain("exit code 3").And.Contain("no such snapshot"));
    }

    [Test]
    public async Task A_manifest_that_lost_its_end_is_told()
    {
        var lines = await File.ReadAllLinesAsync(Manifest);
        await File.WriteAllLinesAsync(Manifest, lines[..^2]);

        var outcome = await FolderRun.OfAsync(Restore());

        Assert.That(outcome.Copy.Problem, Does.Contain("a part of it is missing"));
    }

    [Test]
    public async Task A_backup_that_is_too_old_is_none()
    {
        var manifest = await FileManifest.ReadAsync(Manifest);
        await (manifest with { Taken = manifest.Taken.AddDays(-3) }).WriteAsync(Manifest);

        var outcome = await FolderRun.OfAsync(new FilesRestore("files", Fetch, Manifest, Path.Combine(_folder, "copy")) { OldestBackup = TimeSpan.FromHours(26) });

        Assert.That(outcome.Copy.Problem, Does.Contain("older than 1d 2h"));
    }

    [Test]
    public async Task A_folder_that_is_there_already_is_left_alone()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        var restore = Restore();

        Assert.That((await restore.LookAsync(default)).Obstacle, Does.Contain("is there already"));
        await restore.RevertAsync(await restore.PlanRevertAsync(default), default);

        Assert.That(Directory.Exists(copy), "it is not ours");
    }

    private FilesRestore Restore() => new("files", Fetch, Manifest, Path.Combine(_folder, "copy"))
    {
        Checks = new Dictionary<string, HostCommand> { ["can be listed"] = new HostCommand("ls") },
    };

    private HostCommand Fetch(string folder) => new("cp", "-a", Source + "/.", folder);
}
