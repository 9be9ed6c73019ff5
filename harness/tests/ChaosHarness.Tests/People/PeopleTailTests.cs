using ChaosHarness.Experiments;
using ChaosHarness.People;

namespace ChaosHarness.Tests.People;

public sealed class PeopleTailTests
{
    private string _file = null!;

    [SetUp]
    public void Create() => _file = Path.Combine(Directory.CreateTempSubdirectory("people-").FullName, "session", PersonAct.FileName);

    [TearDown]
    public void Delete() => Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_file))!, recursive: true);

    [Test]
    public void What_is_done_after_it_was_made_is_read_once()
    {
        new PersonAct(PersonActKind.Note, "ann") { Text = "before" }.Append(_file);
        var tail = new PeopleTail(_file);
        Assert.That(tail.Read(), Is.Empty);

        var go = new PersonAct(PersonActKind.Go, "ann") { Role = "commander", RunId = "run-1", At = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero) };
        go.Append(_file);
        new PersonAct(PersonActKind.Note, "bob").Append(_file);

        Assert.That(tail.Read(), Is.EqualTo(new[] { go, new PersonAct(PersonActKind.Note, "bob") }));
        Assert.That(tail.Read(), Is.Empty);
        Assert.That(new PeopleTail(_file, fromStart: true).Read(), Has.Count.EqualTo(3));
    }

    [Test]
    public void A_file_that_comes_later_or_is_begun_anew_is_read_from_its_start()
    {
        var tail = new PeopleTail(_file);
        Assert.That(tail.Read(), Is.Empty);
        new PersonAct(PersonActKind.Note, "ann") { Text = "a long one, so that the next file is shorter" }.Append(_file);
        Assert.That(tail.Read(), Has.Count.EqualTo(1));

        File.WriteAllText(_file, "");
        Assert.That(tail.Read(), Is.Empty);
        new PersonAct(PersonActKind.Note, "bob").Append(_file);

        Assert.That(tail.Read().Single().By, Is.EqualTo("bob"));
    }

    [Test]
    public void A_line_that_is_written_in_two_parts_is_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var tail = new PeopleTail(_file);
        File.WriteAllText(_file, "{\"kind\":\"Note\",\"by\":\"Z");
        Assert.That(tail.Read(), Is.Empty);

        File.AppendAllText(_file, "o\u00eb\"}\n");

        Assert.That(tail.Read(), Is.EqualTo(new[] { new PersonAct(PersonActKind.Note, "Zo\u00eb") }));
    }

    [Test]
    public void A_line_that_was_cut_off_does_not_swallow_the_next()
    {
        var tail = new PeopleTail(_file);
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, "{\"kind\":\"No");

        new PersonAct(PersonActKind.Go, "ann").Append(_file);

        Assert.That(tail.Read(), Is.EqualTo(new[] { new PersonAct(PersonActKind.Go, "ann") }));
    }

    [Test]
    public void A_line_without_an_end_takes_no_memory()
    {
        var tail = new PeopleTail(_file);
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        using (var file = File.Create(_file))
        {
            file.SetLength(100_000_000);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 120; i++)
        {
            Assert.That(tail.Read(), Is.Empty);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(5_000_000));
        new PersonAct(PersonActKind.Go, "ann").Append(_file);
        Assert.That(tail.Read(), Has.Count.EqualTo(1));
    }

    [TestCase("nonsense")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{\"kind\":\"Dance\",\"by\":\"ann\"}")]
    [TestCase("{\"kind\":7000,\"by\":\"ann\"}")]
    [TestCase("{\"kind\":\"Note\",\"by\":null}")]
    [TestCase("[[[[")]
    public void What_is_no_act_is_passed_over(string line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var tail = new PeopleTail(_file);
        File.WriteAllText(_file, line + "\n\n");
        new PersonAct(PersonActKind.Note, "ann").Append(_file);

        Assert.That(tail.Read().Select(act => act.By), Is.EqualTo(new[] { "ann" }));
    }

    [Test]
    public void Names_and_texts_are_cut_and_do_nothing_to_a_terminal()
    {
        var tail = new PeopleTail(_file);
        new PersonAct(PersonActKind.Note, new string('\u00e4', 99) + "\ud83d\ude00") { Role = " \u001b[2J ", Text = "one\ntwo" + new string('x', 5_000) }.Append(_file);
        new PersonAct(PersonActKind.Note, "bob") { Text = "  " }.Append(_file);

        var acts = tail.Read();
        Assert.That((acts[0].By, acts[0].Role, acts[0].Text!.Length), Is.EqualTo((new string('\u00e4', 99), "\u00b7[2J", 2_000)));
        Assert.That(acts[0].Text, Does.StartWith("one two"));
        Assert.That((acts[1].By, acts[1].Text, acts[1].Who), Is.EqualTo(("bob", (string?)null, "bob")));
    }

    [TestCase("")]
    [TestCase(" \t")]
    public void What_nobody_did_is_written_by_nobody_and_read_by_nobody(string by)
    {
        var tail = new PeopleTail(_file);
        Assert.That(() => new PersonAct(PersonActKind.Go, by).Append(_file), Throws.InvalidOperationException.With.Message.StartsWith("Say who it is"));
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.AppendAllText(_file, $"{{\"kind\":\"Go\",\"by\":\"{by.Replace("\t", "\\t", StringComparison.Ordinal)}\"}}\n{{\"kind\":\"Go\"}}\n");
        new PersonAct(PersonActKind.Go, "ann").Append(_file);

        Assert.That(tail.Read().Select(act => act.By), Is.EqualTo(new[] { "ann" }));
        Assert.That(() => new GoRequirement(TimeSpan.FromMinutes(1)) { GivenBy = by }, Throws.ArgumentException.With.Message.StartsWith("Say who gave the go"));
    }

    [Test]
    public async Task Many_at_once_lose_nothing()
    {
        var tail = new PeopleTail(_file);

        await Parallel.ForAsync(0, 200, (number, _) =>
        {
            new PersonAct(PersonActKind.Note, "person " + number).Append(_file);
            return ValueTask.CompletedTask;
        });

        Assert.That(tail.Read().Select(act => act.By), Is.EquivalentTo(Enumerable.Range(0, 200).Select(number => "person " + number)));
    }
}
