using System.Text;
using ChaosHarness.GameDay.Board;

namespace ChaosHarness.GameDay.Tests.Board;

public sealed class KeptPageTests
{
    private const int Largest = 2_000_000;

    [Test]
    public void Whatever_there_was_to_show_it_can_be_sent_to_others()
    {
        var stream = new BoardStream();
        for (var second = 0; second < 20_000; second++)
        {
            stream.Add("run", new BoardEvent(BoardEventKind.Second, second) { Name = "orders", Good = 200, Bad = second % 7, Median = 1.5, Most = 99.9 });
            stream.Add("run", new BoardEvent(BoardEventKind.Person, second) { Name = "ann", Text = $"note {second}" });
            stream.Add("run", new BoardEvent(BoardEventKind.Signal, second) { Name = "pager", State = "Detected", Text = $"signal {second}" });
            stream.Add("run", new BoardEvent(BoardEventKind.Log, second) { Name = "orders-a", Text = new string('x', 200) });
        }

        var page = KeptPage.Of(stream.After(0));

        Assert.That(Encoding.UTF8.GetByteCount(page), Is.LessThan(Largest));
        Assert.That(page, Does.Contain("note 0\"").And.Contain("note 19999\""), "the first and the last");
    }

    [Test]
    public void Merged_seconds_lose_no_answer()
    {
        var stream = new BoardStream();
        for (var second = 0; second < 40_000; second++)
        {
            stream.Add("run", new BoardEvent(BoardEventKind.Second, second) { Name = "orders", Good = 3, Bad = 1, Median = 1.5, Most = second });
        }

        var seconds = KeptPage.Of(stream.After(0)).Split('\n').Where(line => line.Contains("\"kind\":\"Second\"", StringComparison.Ordinal)).Select(line => line[line.IndexOf('{')..(line.LastIndexOf('}') + 1)]).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();

        Assert.That(seconds, Has.Count.LessThan(40_000));
        Assert.That((seconds.Sum(second => second.GetProperty("good").GetDouble()), seconds.Sum(second => second.GetProperty("bad").GetDouble()), seconds.Max(second => second.GetProperty("most").GetDouble())), Is.EqualTo((120_000d, 40_000d, 39_999d)));
    }

    [Test]
    public void A_second_that_was_told_again_counts_as_it_was_told_last()
    {
        var stream = new BoardStream();
        stream.Add("run", new BoardEvent(BoardEventKind.Second, 1) { Name = "orders", Good = 1, Bad = 9 });
        stream.Add("run", new BoardEvent(BoardEventKind.Second, 1) { Name = "orders", Good = 10, Bad = 0 });

        Assert.That(KeptPage.Of(stream.After(0)), Does.Contain("\"good\":10").And.Not.Contain("\"bad\":9"));
    }
}
