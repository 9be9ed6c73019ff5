using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Safety;

public sealed class FaultJournalTests
{
    private static readonly RevertRecipe Recipe = new("test.undo", new Dictionary<string, string> { ["what"] = "this \"and\" that\n" }, "Undo it by hand.");
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("fault-journal-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_planned_fault_is_on_the_disk_before_the_call_returns()
    {
        using var journal = Create();
        journal.Planned(Line("1", "break it", Recipe));

        var text = ReadWhileOpen();
        Assert.That(text, Does.EndWith("\n"));
        Assert.That(text, Does.Contain("\"event\":\"Planned\"").And.Contain("test.undo").And.Contain("break it"));
    }

    [Test]
    public void Nothing_stays_once_all_is_reverted()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "break it", Recipe));
            journal.Planned(Line("2", "break that", Recipe));
            journal.Reverted("2");
            journal.Reverted("1");
        }

        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task What_was_not_reverted_stays_and_is_reverted_newest_first()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "first", Recipe));
            journal.Planned(Line("2", "second", Recipe));
            journal.Reverted("2");
            journal.Planned(Line("3", "third", Recipe));
        }

        var reverter = new Reverter();
        var found = await RevertAsync(reverter);

        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("third", (string?)null), ("first", null) }));
        Assert.That(reverter.Reverted, Is.EqualTo(new[] { Recipe.Parameters["what"], Recipe.Parameters["what"] }));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task The_journal_of_a_living_run_is_left_alone()
    {
        using var journal = Create();
        journal.Planned(Line("1", "break it", Recipe));

        Assert.That(await RevertAsync(new Reverter()), Is.Empty);
    }

    [Test]
    public async Task A_fault_that_cannot_be_reverted_stays_with_the_reason()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "first", Recipe));
            journal.Planned(Line("2", "second", Recipe));
        }

        var failing = new Reverter { Failures = 1 };
        var first = await RevertAsync(failing);
        var second = await RevertAsync(failing);

        // They hit different targets: either may be tried first.
        var failed = first.Single(fault => fault.Problem is not null);
        Assert.That(first, Has.Count.EqualTo(2));
        Assert.That(failed.Problem, Is.EqualTo("not now. Undo it by hand."));
        Assert.That(second.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { (failed.Fault, (string?)null) }));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task A_recipe_that_nobody_understands_asks_for_a_person()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "break it", Recipe with { Kind = "unknown" }));
        }

        var found = await RevertAsync(new Reverter());

        Assert.That(found.Single().Problem, Is.EqualTo("Undo it by hand."));
        Assert.That(Directory.EnumerateFiles(_folder).Single(), Is.EqualTo(found.Single().Journal));
    }

    [Test]
    public async Task What_belonged_to_the_run_ended_with_it()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "break it", Recipe with { Kind = RevertRecipe.OwnedByRun }));
        }

        Assert.That((await RevertAsync(new Reverter())).Single().Problem, Is.Null);
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task A_line_that_was_cut_off_is_passed_over()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "break it", Recipe));
        }

        await File.AppendAllTextAsync(Directory.EnumerateFiles(_folder).Single(), "{\"event\":\"Reverted\",\"id\":\"1");

        Assert.That(await RevertAsync(new Reverter()), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_empty_or_foreign_file_is_removed_without_harm()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "x" + FaultJournal.Suffix), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "y" + FaultJournal.Suffix), "null\n[]\n{}\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "notes.txt"), "mine");

        Assert.That(await RevertAsync(new Reverter()), Is.Empty);
        Assert.That(Directory.EnumerateFiles(_folder).Select(Path.GetFileName), Is.EqualTo(new[] { "notes.txt" }));
    }

    [Test]
    public async Task Two_who_look_at_once_revert_each_fault_once()
    {
        for (var i = 0; i < 20; i++)
        {
            using var journal = FaultJournal.Create(_folder, "run-" + i, TimeProvider.System);
            journal.Planned(Line("1", "break it", Recipe));
        }

        var reverter = new Reverter();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RevertAsync(reverter))));

        Assert.That(reverter.Reverted, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task What_a_later_run_broke_is_reverted_first()
    {
        foreach (var run in new[] { "20260101-a", "20260102-b" })
        {
            using var journal = FaultJournal.Create(_folder, run, TimeProvider.System);
            journal.Planned(Line("1", run, Recipe));
        }

        Assert.That((await RevertAsync(new Reverter())).Select(fault => fault.Fault), Is.EqualTo(new[] { "20260102-b", "20260101-a" }));
    }

    [Test]
    public async Task A_folder_that_does_not_exist_holds_nothing() =>
        Assert.That(await LeftoverFaults.RevertAsync(Path.Combine(_folder, "none"), [], TimeProvider.System, CancellationToken.None), Is.Empty);

    [Test]
    public void Its_folder_is_made()
    {
        using var journal = FaultJournal.Create(Path.Combine(_folder, "not", "there"), "run", TimeProvider.System);

        Assert.That(File.Exists(journal.Path));
    }

    [Test]
    public void Lines_that_were_written_through_something_are_in_the_file_at_once()
    {
        using var journal = FaultJournal.Create(_folder, "run", TimeProvider.System, file => new BufferedStream(file, 65_536));
        journal.Planned(Line("1", "break it", Recipe));

        Assert.That(ReadWhileOpen(), Does.Contain("break it").And.EndWith("\n"));
    }

    [Test]
    public async Task A_line_that_could_be_written_in_part_swallows_none_after_it()
    {
        FullDisk? disk = null;
        using (var journal = FaultJournal.Create(_folder, "run", TimeProvider.System, file => disk = new FullDisk(file)))
        {
            journal.Planned(Line("1", "first", Recipe));
            disk!.IsFull = true;
            Assert.That(() => journal.Planned(Line("2", "second", Recipe)), Throws.InstanceOf<IOException>());
            disk.IsFull = false;
            journal.Planned(Line("3", "third", Recipe));
            journal.Planned(Line("4", "fourth", Recipe));
        }

        var lines = await File.ReadAllLinesAsync(Directory.EnumerateFiles(_folder).Single());
        Assert.That(lines, Has.Length.EqualTo(4).And.None.Empty, "each on a line of its own, and no other");
        Assert.That((await RevertAsync(new Reverter())).Select(fault => fault.Fault), Is.EquivalentTo(new[] { "first", "third", "fourth" }));
    }

    [Test]
    public async Task A_journal_that_was_taken_over_goes_on_where_it_ended()
    {
        using (var journal = Create())
        {
            journal.Planned(Line("1", "first", Recipe));
            journal.Planned(Line("2", "second", Recipe));
        }

        var path = Directory.EnumerateFiles(_folder).Single();
        using (var taken = FaultJournal.TakeOver(path, TimeProvider.System, out var open)!)
        {
            Assert.That(open.Select(fault => fault.Id), Is.EqualTo(new[] { "1", "2" }));
            taken.Reverted("1");
        }

        Assert.That(await File.ReadAllLinesAsync(path), Has.Length.EqualTo(3));
        Assert.That((await RevertAsync(new Reverter())).Select(fault => fault.Fault), Is.EqualTo(new[] { "second" }));
    }

    private static FaultJournalLine Line(string id, string fault, RevertRecipe recipe) => new(FaultJournalEvent.Planned, id, DateTimeOffset.UnixEpoch) { Fault = fault, Targets = [fault], Recipe = recipe };

    private FaultJournal Create() => FaultJournal.Create(_folder, "run", TimeProvider.System);

    private Task<IReadOnlyList<LeftoverFault>> RevertAsync(Reverter reverter) =>
        LeftoverFaults.RevertAsync(_folder, [reverter], TimeProvider.System, CancellationToken.None);

    // Another process may read what is locked for writing on Unix; on Windows the lock keeps readers out too.
    private string ReadWhileOpen()
    {
        var copy = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using var cat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cp", [Directory.EnumerateFiles(_folder).Single(), copy]))!;
        cat.WaitForExit();
        var text = File.ReadAllText(copy);
        File.Delete(copy);
        return text;
    }

    private sealed class Reverter : IRecipeReverter
    {
        private readonly Lock _lock = new();

        public string Kind => "test.undo";

        public int Failures { get; set; }

        public List<string> Reverted { get; } = [];

        public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (Failures-- > 0)
                {
                    throw new InvalidOperationException("not now");
                }

                Reverted.Add(recipe.Parameters["what"]);
                return ValueTask.CompletedTask;
            }
        }
    }

    /// <summary>Takes half of what is written, and then no more, while it is full.</summary>
    private sealed class FullDisk(Stream file) : MemoryStream
    {
        public bool IsFull { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            file.Write(IsFull ? buffer[..(buffer.Length / 2)] : buffer);
            if (IsFull)
            {
                throw new IOException("No space left on device");
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => file.Flush();
    }
}
