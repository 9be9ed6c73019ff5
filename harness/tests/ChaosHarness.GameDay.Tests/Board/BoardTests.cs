using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.GameDay.Board;
using ChaosHarness.People;
using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Tests.Board;

/// <summary>A board of runs that really go on.</summary>
public sealed class BoardTests
{
    private Shop _shop = null!;
    private BoardWatcher _watcher = null!;
    private Uri _board = null!;

    private RunnerOptions Options => _shop.Options with { Watchers = [_watcher] };

    [SetUp]
    public async Task Open()
    {
        _shop = new Shop();
        _watcher = new BoardWatcher(new BoardOptions(IPAddress.Loopback, 0), _shop.Settings);
        _board = (await _watcher.ServerAsync())!.Address;
    }

    [TearDown]
    public async Task Close()
    {
        await (await _watcher.ServerAsync())!.DisposeAsync();
        _shop.Dispose();
    }

    [Test]
    public async Task A_run_is_shown_from_its_beginning_to_its_end_to_whoever_comes_whenever()
    {
        using var early = new BoardViewer(_board);
        var running = new ExperimentRunner(Options).RunAsync(_shop.Experiment().Deadline("700ms"));
        await early.SeesAsync("Fault", "InForce");
        using var late = new BoardViewer(_board);
        var record = await running;
        await early.SeesAsync("End", record.Outcome.ToString());
        await late.SeesAsync("End", record.Outcome.ToString());
        using var after = new BoardViewer(_board);
        await after.SeesAsync("End");

        Assert.That(late.Seen, Is.EqualTo(early.Seen));
        Assert.That(after.Seen, Is.EqualTo(early.Seen));
        Assert.That(early.Seen.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("kind").GetString()).Distinct(), Is.SupersetOf(new[] { "Run", "Phase", "Fault", "Second", "Recovery", "End" }));
        Assert.That(_shop.Told, Does.Contain($"Board: {_board.AbsoluteUri}"));
        Assert.That(SessionBoard.Find(Path.Combine(_shop.Folder, "sessions")).Select(board => board.Address), Is.EqualTo(new[] { _board.AbsoluteUri }));
    }

    [Test]
    public async Task Who_lost_the_connection_goes_on_where_it_was()
    {
        await new ExperimentRunner(Options).RunAsync(_shop.Experiment().Deadline("300ms"));
        using var whole = new BoardViewer(_board);
        await whole.SeesAsync("End");

        using var again = new BoardViewer(_board, after: 5);
        await again.SeesAsync("End");

        Assert.That(again.Seen, Is.EqualTo(whole.Seen.Skip(5)));
    }

    [Test]
    public async Task A_person_gives_the_go_notes_and_halts()
    {
        using var viewer = new BoardViewer(_board, "ann");
        var running = new ExperimentRunner(Options with { Go = new GoRequirement(TimeSpan.FromMinutes(1)) }).RunAsync(_shop.Experiment().ObserveAtLeast("50s"));
        await viewer.SeesAsync(json => json.GetProperty("kind").GetString() == "Waiting" && json.TryGetProperty("text", out _), "that it waits");
        var runId = JsonDocument.Parse(viewer.Seen[0]).RootElement.GetProperty("id").GetString();

        Assert.That(await viewer.PostAsync("act", new { kind = "Go", by = "ann", role = "commander", run = runId }), Is.EqualTo((200, "Given.")));
        await viewer.SeesAsync("Fault", "InForce");
        Assert.That(await viewer.PostAsync("act", new { kind = "Go", by = " ", run = runId }), Is.EqualTo((400, "Say who you are.")));
        await viewer.PostAsync("act", new { kind = "Note", by = "bob", text = "the pager <b>rings</b>" });
        await viewer.SeesAsync(json => json.GetProperty("kind").GetString() == "Person" && json.GetProperty("name").GetString() == "bob", "the note");
        Assert.That(viewer.LastBeat, Does.Contain("\"viewers\":1").And.Contain("[\"ann\"]"));
        var (status, text) = await viewer.PostAsync("halt", new { by = "ann", text = "enough" });
        var record = await running;

        Assert.That((status, text), Is.EqualTo((200, "Halted: what runs is being undone, and nothing more starts in this session.")));
        Assert.That((record.Outcome, record.Go?.By, record.Go?.Role), Is.EqualTo((Outcome.Halted, "ann", "commander")));
        Assert.That(record.Reason, Does.StartWith("halted by ann: enough"));
        Assert.That(record.Timeline.Where(entry => entry.Kind == TimelineKind.Person).Select(entry => $"{entry.Source}: {entry.Detail}"), Is.EqualTo(new[] { "ann (commander): gave the go", "bob: the pager <b>rings</b>" }).Or.EqualTo(new[] { "ann: came", "ann (commander): gave the go", "bob: the pager <b>rings</b>" }));
        Assert.That((await viewer.PostAsync("halt", new { by = "bob" })).Text, Does.StartWith("Halted already by ann: enough"));
    }

    [Test]
    public async Task Of_a_halt_and_a_go_at_once_the_halt_counts()
    {
        for (var round = 0; round < 5; round++)
        {
            using var viewer = new BoardViewer(_board);
            var running = new ExperimentRunner(Options with { Go = new GoRequirement(TimeSpan.FromMinutes(1)) }).RunAsync(_shop.Experiment().ObserveAtLeast("50s"));
            await viewer.SeesAsync(json => json.GetProperty("kind").GetString() == "Waiting" && json.TryGetProperty("text", out _), "that it waits");

            await Task.WhenAll(viewer.PostAsync("act", new { kind = "Go", by = "ann" }), viewer.PostAsync("halt", new { by = "bob" }));

            Assert.That((await running).Outcome, Is.EqualTo(Outcome.Halted));
            HaltOrder.Release(Path.Combine(_shop.Session, HaltOrder.FileName));
        }
    }

    [Test]
    public async Task An_address_of_yesterday_or_a_guess_finds_nothing()
    {
        using var client = new HttpClient();
        foreach (var path in new[] { "/", "/x/", "/" + new string('A', 24) + "/", "/" + _board.Segments[1].TrimEnd('/') + "x/", "/" + _board.Segments[1].ToLowerInvariant() })
        {
            using var answer = await client.GetAsync(new Uri(_board, path));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("html"));
        }

        Assert.That(_board.Segments[1], Has.Length.GreaterThan(24), "too long to be guessed");
        using var page = await client.GetAsync(_board);
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }), "its address goes nowhere else");
    }

    [TestCase("act", "{}", 400, "Say who you are.")]
    [TestCase("act", "null", 400, "Say who you are.")]
    [TestCase("act", "{", 400, "Send JSON with by and text.")]
    [TestCase("act", "", 400, "Send JSON with by and text.")]
    [TestCase("act", "{\"by\":\"ann\",\"kind\":\"Dance\"}", 400, "kind has to be Note, Go, NoGo, Decided or Acted.")]
    [TestCase("act", "{\"by\":\"ann\",\"kind\":\"Came\"}", 400, "kind has to be Note, Go, NoGo, Decided or Acted.")]
    [TestCase("act", "{\"by\":\"ann\",\"kind\":\"Note,Go\"}", 400, "kind has to be Note, Go, NoGo, Decided or Acted.")]
    [TestCase("act", "{\"by\":\"ann\",\"kind\":\"Go\",\"run\":\"nosuch\"}", 400, "There is no such run in this session.")]
    [TestCase("act", "{\"by\":\"ann\",\"kind\":\"1\"}", 400, "kind has to be Note, Go, NoGo, Decided or Acted.")]
    [TestCase("act", "{\"by\":\"ann\",\"kind\":\"Note\"}", 400, "A note needs a text.")]
    [TestCase("halt", "{\"by\":\" \"}", 400, "Say who you are.")]
    [TestCase("nothing", "{}", 404, "The board has no such page.")]
    public async Task What_it_does_not_understand_it_says(string path, string body, int status, string text)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(_board, path), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.That(((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("text").GetString()), Is.EqualTo((status, text)));
        Assert.That(File.Exists(Path.Combine(_shop.Session, HaltOrder.FileName)), Is.False);
    }

    // A form of another page can send text, and no JSON.
    [Test]
    public async Task A_form_of_another_page_halts_nothing()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(_board, "halt"), new StringContent("{\"by\":\"mallory\"}", System.Text.Encoding.UTF8, "text/plain"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(File.Exists(Path.Combine(_shop.Session, HaltOrder.FileName)), Is.False);
    }

    [Test]
    public async Task Who_sends_too_much_is_refused()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(_board, "act"), new StringContent("{\"by\":\"" + new string('x', 100_000) + "\"}", System.Text.Encoding.UTF8, "application/json"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
    }

    [Test]
    public async Task Behind_what_keeps_streams_back_it_is_asked_again_and_again()
    {
        await new ExperimentRunner(Options).RunAsync(_shop.Experiment().Deadline("300ms"));
        using var viewer = new BoardViewer(_board);
        await viewer.SeesAsync("End");
        using var client = new HttpClient();

        var first = JsonDocument.Parse(await client.GetStringAsync(new Uri(_board, "poll?after=0"))).RootElement;
        var rest = JsonDocument.Parse(await client.GetStringAsync(new Uri(_board, "poll?after=" + (first.GetProperty("last").GetInt32() - 2)))).RootElement;

        Assert.That(first.GetProperty("events").EnumerateArray().Select(json => json.GetRawText()), Is.EqualTo(viewer.Seen));
        Assert.That(rest.GetProperty("events").GetArrayLength(), Is.EqualTo(2));
        Assert.That(JsonDocument.Parse(await client.GetStringAsync(new Uri(_board, "poll?after=999999999"))).RootElement.GetProperty("last").GetInt32(), Is.EqualTo(first.GetProperty("last").GetInt32()), "nobody is ahead of it");
        Assert.That(first.GetProperty("beat").GetProperty("now").GetInt64(), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_person_who_comes_and_leaves_is_told_once_however_many_windows_they_have()
    {
        using var one = new BoardViewer(_board, "ann");
        using var two = new BoardViewer(_board, "ann");
        Assert.That(() => one.LastBeat, Does.Contain("\"viewers\":2").After(5_000, 50));
        one.Leave();
        two.Leave();

        var tail = new PeopleTail(Path.Combine(_shop.Session, PersonAct.FileName), fromStart: true);
        var acts = new List<PersonAct>();
        Assert.That(
            () =>
            {
                acts.AddRange(tail.Read());
                return acts.Select(act => $"{act.By} {act.Kind}");
            },
            Is.EqualTo(new[] { "ann Came", "ann Left" }).After(15_000, 100));
    }

    [Test]
    public async Task A_port_that_is_taken_is_told_and_another_is_used()
    {
        await using var second = await BoardServer.StartAsync(new BoardOptions(IPAddress.Loopback, _board.Port), new BoardStream(), _shop.Session, _shop.Told.Add);

        Assert.That(_shop.Told, Does.Contain($"Port {_board.Port} of the board is taken; it has another."));
        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(second.Address), Does.StartWith("<!doctype html>"));
    }

    [Test]
    public async Task Who_lets_others_reach_it_is_warned()
    {
        await using var open = await BoardServer.StartAsync(new BoardOptions(IPAddress.Any, 0), new BoardStream(), _shop.Session, _shop.Told.Add);

        Assert.That(_shop.Told, Has.Some.StartsWith("The board answers at 0.0.0.0 without TLS"));
    }

    [Test]
    public async Task With_a_certificate_it_answers_by_TLS_and_warns_of_nothing()
    {
        var file = Path.Combine(_shop.Folder, "board.pfx");
        using (var key = RSA.Create(2048))
        using (var made = new CertificateRequest("CN=board", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)))
        {
            await File.WriteAllBytesAsync(file, made.Export(X509ContentType.Pfx));
        }

        var told = new List<string>();
        await using var secure = await BoardServer.StartAsync(new BoardOptions(IPAddress.Any, 0, file), new BoardStream(), _shop.Session, told.Add);
        using var client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=board" });

        Assert.That(secure.Address.Scheme, Is.EqualTo("https"));
        Assert.That(await client.GetStringAsync(new UriBuilder(secure.Address) { Host = "127.0.0.1" }.Uri), Does.StartWith("<!doctype html>"));
        Assert.That(told, Is.Empty);
    }

    [Test]
    public async Task A_certificate_that_is_not_there_is_told_and_nothing_is_served_without()
    {
        var watcher = new BoardWatcher(new BoardOptions(IPAddress.Loopback, 0, Path.Combine(_shop.Folder, "none.pfx")), _shop.Settings);

        Assert.That(await watcher.ServerAsync(), Is.Null);
        Assert.That(_shop.Told, Has.Some.StartsWith("There is no board: ").And.Some.Contains("none.pfx"));
    }

    [Test]
    public async Task A_board_that_cannot_be_served_keeps_no_run_from_going_on()
    {
        var watcher = new BoardWatcher(new BoardOptions(IPAddress.Parse("203.0.113.1"), 5100), _shop.Settings);

        var record = await new ExperimentRunner(_shop.Options with { Watchers = [watcher] }).RunAsync(_shop.Experiment().Deadline("300ms"));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed).Or.EqualTo(Outcome.Failed));
        Assert.That(_shop.Told, Has.Some.StartsWith("There is no board: "));
        Assert.That(Directory.EnumerateFiles(_shop.Journals, "*" + KeptPage.Suffix), Has.Exactly(1).Items, "its page is kept all the same");
    }
}
