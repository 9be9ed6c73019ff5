using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Rows;
using CsCheck;

namespace ChaosHarness.Ledger.Tests.Chains;

/// <summary>What hashes are made of must never change: those of years ago would fit nothing any more.</summary>
public sealed class RecordTextTests
{
    [Test]
    public void A_hash_is_of_the_one_before_and_of_netstrings()
    {
        var text = new RecordText("run", null);
        text.Add("run_id", "r\u00f6t");
        text.Add("seed", -7L);
        text.Add("reason", null);
        text.Add([Figure("b", 1.5), Figure("a", -0.0)]);
        byte[] previous = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

        var written = "4:kind,3:run,8:found_at,-,6:run_id,4:r\u00f6t,4:seed,2:-7,6:reason,-,"
            + "6:figure,1:a,6:orders,1:s,5:Lower,16:0000000000000000,-,-,-,"
            + "6:figure,1:b,6:orders,1:s,5:Lower,16:3ff8000000000000,-,-,-,";

        Assert.That(text.HashAfter(previous), Is.EqualTo(SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(written)])));
        Assert.That(text.Marks, Has.Length.EqualTo(7 * 2));
    }

    // The whole record of a run in the form of today, once and for all.
    [Test]
    public void A_record_of_a_run_has_the_hash_that_it_had()
    {
        var run = Runs.Make.Run() with { RunId = "run-1", RecordedAt = Runs.Make.Now };
        var figures = run.Figures.Select(recorded => FigureRow.Of(1, recorded)).ToList();

        var text = RecordedRuns.Write(new PreparedRun(Runs.Make.Entry(run), RunKind.Of(run), RunRow.From(run, 1, 1), figures));

        Assert.That(Convert.ToHexStringLower(text.HashAfter(RecordRow.NoHash)), Is.EqualTo("87512bc81ded57396b6da8dbf967c0f27f21ad996199acbd4cda7df7349f6847"));
        Assert.That(Convert.ToHexStringLower(text.Marks), Does.StartWith("7d050f522d41f749b44ff306c3affbfe"));
    }

    [Test]
    public void The_order_in_which_figures_come_does_not_matter() => Gen.Select(Gen.Select(Gen.String, Gen.Double, (name, value) => Figure(name, value)).Array[0, 9], Gen.Int).Sample((figures, seed) =>
    {
        var shuffled = figures.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Hash(figures).AsSpan().SequenceEqual(Hash(shuffled));
    });

    [Test]
    public void No_two_records_that_differ_have_the_same_bytes() => Gen.Select(Gen.Select(Gen.String, Gen.String.Null()).Array[1, 4], Gen.Select(Gen.String, Gen.String.Null()).Array[1, 4]).Sample((one, other) =>
        Same(one, other) == Hash(one).AsSpan().SequenceEqual(Hash(other)));

    [Test]
    public void What_differs_is_named_by_its_marks()
    {
        var was = Of(("a", "1"), ("b", null), ("c", ""));
        was.Add([Figure("x", 1), Figure("y", 2)]);
        var now = Of(("a", "2"), ("b", ""), ("c", ""));
        now.Add([Figure("y", 3)]);

        Assert.That(now.Differing(was.Marks), Is.EqualTo(new[] { "a", "b", "the figure 'y' of 'orders'", "a figure that is gone" }));
        Assert.That(was.Differing(was.Marks), Is.Empty);
        Assert.That(was.Differing([]), Has.Count.EqualTo(7));
        Assert.That(now.Differing([.. was.Marks, 0, 0, 1]), Does.Contain("2 figures that are gone"), "half a mark is none");
    }

    private static FigureFields Figure(string name, double lower) => FigureFields.Of(new FigureName(name, "orders", Unit.Seconds, Better.Lower), new FigureRow(1, lower, null, null, null));

    private static byte[] Hash(IReadOnlyCollection<FigureFields> figures)
    {
        var text = new RecordText("run", null);
        text.Add(figures);
        return text.HashAfter(RecordRow.NoHash);
    }

    private static byte[] Hash((string, string?)[] fields) => Of(fields).HashAfter(RecordRow.NoHash);

    private static RecordText Of(params (string Name, string? Value)[] fields)
    {
        var text = new RecordText("run", null);
        foreach (var (name, value) in fields)
        {
            text.Add(name, value);
        }

        return text;
    }

    // Half of a surrogate pair is written as no database could keep it either.
    private static bool Same((string, string?)[] one, (string, string?)[] other) => one.Length == other.Length && one.Zip(other).All(pair => Bytes(pair.First.Item1).SequenceEqual(Bytes(pair.Second.Item1))
        && (pair.First.Item2 is null) == (pair.Second.Item2 is null) && Bytes(pair.First.Item2 ?? "").SequenceEqual(Bytes(pair.Second.Item2 ?? "")));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
