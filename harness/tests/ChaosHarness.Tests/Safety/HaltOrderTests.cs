using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Safety;

public sealed class HaltOrderTests
{
    private string _folder = "";

    private string TheFile => Path.Combine(_folder, "below", HaltOrder.FileName);

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("halt-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void An_order_says_who_and_why_until_it_is_taken_back()
    {
        Assert.That(HaltOrder.Find(TheFile), Is.Null);
        Assert.That(HaltOrder.Engage(TheFile, new HaltOrder("ann", "the pager rings") { At = DateTimeOffset.UnixEpoch }), Is.True);
        Assert.That(HaltOrder.Find(TheFile), Is.EqualTo(new HaltOrder("ann", "the pager rings") { At = DateTimeOffset.UnixEpoch }));
        Assert.That(HaltOrder.Release(TheFile)?.ToString(), Is.EqualTo("by ann: the pager rings"));
        Assert.That((HaltOrder.Find(TheFile), HaltOrder.Release(TheFile)), Is.EqualTo(((HaltOrder?)null, (HaltOrder?)null)));
    }

    [Test]
    public void Of_many_at_once_one_counts_and_leaves_nothing_beside_it()
    {
        for (var round = 0; round < 100; round++)
        {
            var first = 0;
            var by = "";
            Parallel.For(0, 20, number =>
            {
                if (HaltOrder.Engage(TheFile, new HaltOrder($"person {number}")))
                {
                    Interlocked.Increment(ref first);
                    by = $"person {number}";
                }
            });

            Assert.That((first, HaltOrder.Find(TheFile)?.By), Is.EqualTo((1, by)));
            HaltOrder.Release(TheFile);
        }

        HaltOrder.Engage(TheFile, new HaltOrder("ann"));
        Assert.That(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(TheFile)!), Is.EqualTo(new[] { TheFile }));
    }

    [Test]
    public async Task Whoever_looks_while_an_order_is_given_sees_who_and_why()
    {
        using var over = new CancellationTokenSource();
        var order = new HaltOrder("ann", new string('x', 400));
        var looking = Task.Run(() =>
        {
            var seen = new HashSet<HaltOrder>();
            while (!over.IsCancellationRequested)
            {
                if (File.Exists(TheFile) && ReadAtOnce(TheFile) is { } text)
                {
                    seen.Add(text.Length == 0 ? new HaltOrder() : order);
                }
            }

            return seen;
        });
        for (var round = 0; round < 500; round++)
        {
            HaltOrder.Engage(TheFile, order);
            HaltOrder.Release(TheFile);
        }

        await over.CancelAsync();

        Assert.That(await looking, Is.SubsetOf(new[] { order }));

        static string? ReadAtOnce(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    [TestCase("", "")]
    [TestCase("stop at once\n", "by somebody: stop at once")]
    [TestCase("{\"by\":\"ann\"}", "by ann")]
    [TestCase("{\"by\":", "")]
    [TestCase("{\"by\":5}", "")]
    [TestCase("a\nb \u001b[2J", "by somebody: a b \u00b7[2J")]
    public void Any_file_is_an_order_whatever_it_says(string content, string words)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(TheFile)!);
        File.WriteAllText(TheFile, content);

        Assert.That(HaltOrder.Find(TheFile)?.ToString(), Is.EqualTo(words));
    }

    [Test]
    public void What_cannot_be_read_is_an_order_too_and_a_long_one_is_cut()
    {
        Directory.CreateDirectory(TheFile);
        Assert.That(HaltOrder.Find(TheFile), Is.EqualTo(new HaltOrder()), "a folder of that name");
        Assert.That(new HaltOrder(Why: new string('x', 10_000)).ToString(), Has.Length.LessThan(600));
    }
}
