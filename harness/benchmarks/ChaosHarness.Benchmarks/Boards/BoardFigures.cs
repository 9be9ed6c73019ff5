using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.GameDay.Board;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using Microsoft.Playwright;

namespace ChaosHarness.Benchmarks.Boards;

/// <summary>What a board costs, and how soon people see what happens: the page in a browser, 20 viewers of a run at 200 requests a second, and two hours of events.</summary>
internal static class BoardFigures
{
    private const int Viewers = 20;
    private const int Notes = 200;
    private const int Seconds = 7_200;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("boards-").FullName;
        try
        {
            await ViewersAsync(folder);
            await BrowserAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The same run with viewers and without: the difference is theirs.
    private static async Task ViewersAsync(string folder)
    {
        var watcher = new BoardWatcher(new BoardOptions(IPAddress.Loopback, 0), Settings(folder));
        await using var server = (await watcher.ServerAsync())!;
        using var over = new CancellationTokenSource();
        var run = new ExperimentRunner(new RunnerOptions { FaultJournalFolder = Path.Combine(folder, "faults"), Watchdog = false, Watchers = [watcher], Safety = new SafetyPolicy { HaltFiles = [] } })
            .RunAsync(Experiment.Hypothesis("it is watched").On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned })
                .Probe(new DelegateProbe("page", _ => ValueTask.FromResult(ProbeSample.Good)).Every("5ms"))
                .SteadyState(new SuccessRate("page").AtLeast(0.9)).SteadyFor("500ms")
                .Inject(Fault.Delegate("nothing", "shop", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask).AtMost("10m"))
                .ObserveAtLeast("5m").Deadline("5m"), over.Token);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var without = await CostAsync();
        var viewers = await Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => ProcessViewerAsync(server.Address)));
        await Task.Delay(TimeSpan.FromSeconds(2));
        var with = await CostAsync();
        using var client = new HttpClient();
        using var beat = JsonDocument.Parse(await client.GetStringAsync(new Uri(server.Address, "poll?after=0")));
        var there = beat.RootElement.GetProperty("beat").GetProperty("viewers").GetInt32();
        foreach (var viewer in viewers)
        {
            viewer.Kill();
            viewer.Dispose();
        }

        await over.CancelAsync();
        await run;
        Figures.Print(string.Create(CultureInfo.InvariantCulture, $"board: what {there} viewers add, of a core"), Share(with - without), "below 2 %");
        Figures.Print("board: the run itself, of a core", Share(without), "");
    }

    // In processes of their own, so that what they cost is not counted here.
    private static async Task<Process> ProcessViewerAsync(Uri board)
    {
        var viewer = Process.Start(new ProcessStartInfo("curl", ["--silent", "--no-buffer", "--output", "/dev/null", new Uri(board, "events").AbsoluteUri]))!;
        await Task.Delay(20);
        return viewer;
    }

    private static async Task<double> CostAsync()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(Watched);
        process.Refresh();
        return (process.TotalProcessorTime - before) / Watched;
    }

    private static async Task BrowserAsync(string folder)
    {
        var stream = new BoardStream();
        await using var server = await BoardServer.StartAsync(new BoardOptions(IPAddress.Loopback, 0), stream, folder, _ => { });
        stream.Add("run", new BoardEvent(BoardEventKind.Run, 0) { Run = new BoardRun("two hours", "shop in local", "it holds", "nothing", DateTimeOffset.UtcNow.AddSeconds(-Seconds), 30, null) });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("CHAOSHARNESS_CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(server.Address.AbsoluteUri);
        var paint = await page.EvaluateAsync<double>("() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))");
        Figures.Print("board: first paint", Figures.Milliseconds(TimeSpan.FromMilliseconds(paint)), "1 s");

        Print("board: event to screen, p50, p99, worst", await NotesAsync(page, stream), "p99 250 ms");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var random = new Random(1);
        for (var second = 0; second < Seconds; second++)
        {
            foreach (var source in new[] { "orders", "front page" })
            {
                stream.Add("run", new BoardEvent(BoardEventKind.Second, second) { Name = source, Good = 199 + random.Next(2), Bad = 0, Median = Math.Round(random.NextDouble() * 10, 1), Most = Math.Round(random.NextDouble() * 100, 1) });
            }

            if (second % 2 == 0)
            {
                stream.Add("run", new BoardEvent(BoardEventKind.Log, second) { Name = "orders-a", Text = $"info: order {random.Next()} was stored in the database of the primary" });
            }
        }

        var here = GC.GetTotalMemory(forceFullCollection: true) - before;
        await page.WaitForFunctionAsync($"() => document.getElementById('log').textContent.includes('{TimeSpan.FromSeconds(0):hh}') && document.getElementById('log').children.length > 50", null, new() { Timeout = 60_000 });
        await Task.Delay(3_000);
        var heap = await page.EvaluateAsync<double>("() => { gc(); gc(); return performance.memory.usedJSHeapSize; }");
        Figures.Print("board: two hours in the browser", Megabytes(heap), "below 60 MB");
        Figures.Print("board: two hours here", Megabytes(here), "below 100 MB");
        var kept = KeptPage.Of(stream.After(0, "run"));
        Figures.Print("board: the page that is kept of them", Megabytes(Encoding.UTF8.GetByteCount(kept)), "at most 2 MB");
    }

    // Browser and board are of one machine, and so of one clock.
    private static async Task<List<TimeSpan>> NotesAsync(IPage page, BoardStream stream)
    {
        await page.EvaluateAsync("() => { window.seen = {}; new MutationObserver(() => { const now = performance.timeOrigin + performance.now(); for (const found of document.getElementById('notes').textContent.matchAll(/note (\\d+)!/g)) window.seen[found[1]] ??= now; }).observe(document.getElementById('notes'), { childList: true, subtree: true, characterData: true }); }");
        var sent = new List<double>();
        for (var number = 0; number < Notes; number++)
        {
            sent.Add((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds);
            stream.Add("run", new BoardEvent(BoardEventKind.Person, Seconds) { Name = "ann", Text = string.Create(CultureInfo.InvariantCulture, $"note {number}!"), State = "Person" });
            await Task.Delay(Random.Shared.Next(20, 120));
        }

        await Task.Delay(1_000);
        var seen = await page.EvaluateAsync<Dictionary<string, double>>("() => window.seen");
        return [.. sent.Index().Select(note => TimeSpan.FromMilliseconds(seen[note.Index.ToString(CultureInfo.InvariantCulture)] - note.Item)).Order()];
    }

    private static WatcherSettings Settings(string folder) => new() { BaseFolder = folder, JournalFolder = Path.Combine(folder, "journals"), SessionFolder = folder };

    private static void Print(string name, List<TimeSpan> sorted, string must) => Figures.Print(name, string.Create(CultureInfo.InvariantCulture, $"{Figures.At(sorted, 0.5).TotalMilliseconds:0}, {Figures.At(sorted, 0.99).TotalMilliseconds:0}, {sorted[^1].TotalMilliseconds:0} ms"), must);

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:0.00} MB");
}
