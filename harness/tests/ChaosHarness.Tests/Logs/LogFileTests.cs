using System.Collections.Concurrent;
using ChaosHarness.Logs;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Logs;

/// <summary>Real files, as services and their rotation treat them.</summary>
public sealed class LogFileTests
{
    private const int Patience = 10_000;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<Signal> _signals = new();
    private string _folder = "";
    private string _path = "";

    [SetUp]
    public void MakeFolder()
    {
        _lines.Clear();
        _signals.Clear();
        _folder = Directory.CreateTempSubdirectory("logs-").FullName;
        _path = Path.Combine(_folder, "shop.log");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_was_there_is_no_news_and_what_comes_is_told_line_by_line()
    {
        File.WriteAllText(_path, "old\nhalf ");
        using var listening = new LogFile("shop", _path).Subscribe(_lines.Enqueue);
        File.AppendAllText(_path, "a line\r\nnext\nnot yet ended");

        Assert.That(() => _lines, Is.EqualTo(new[] { "a line", "next" }).After(Patience, 10));
    }

    [Test]
    public void A_line_of_a_pattern_is_a_signal_between_two_looks()
    {
        File.WriteAllText(_path, "");
        var log = new LogFile("shop", _path).Signals("breaker opened", SignalKind.Detected, "shop/db").Signals("(?i)ERROR", SignalKind.Noted).Signals("breaker", SignalKind.Recovered);
        var before = TimeProvider.System.GetTimestamp();
        using var listening = log.Subscribe(_signals.Enqueue);
        File.AppendAllText(_path, "hello\nbreaker opened after an error\nan error\nbreaker closed\n");

        Assert.That(() => _signals.Select(signal => (signal.Source, signal.Kind, signal.Detail)), Is.EqualTo(new[]
        {
            ("shop/db", SignalKind.Detected, "breaker opened after an error"),
            ("shop", SignalKind.Noted, "an error"),
            ("shop", SignalKind.Recovered, "breaker closed"),
        }).After(Patience, 10));
        Assert.That(_signals, Is.All.Matches<Signal>(signal => signal is { NotBefore: { } notBefore, Timestamp: var now } && notBefore >= before && notBefore < now && now <= TimeProvider.System.GetTimestamp()));
    }

    [Test]
    public void A_file_that_comes_later_is_read_from_its_beginning()
    {
        using var listening = new LogFile("shop", _path).Subscribe(_lines.Enqueue);
        File.WriteAllText(_path, "first\n");

        Assert.That(() => _lines, Is.EqualTo(new[] { "first" }).After(Patience, 10));
    }

    [Test]
    public void One_that_is_rotated_is_read_to_its_end_and_the_next_from_its_beginning()
    {
        File.WriteAllText(_path, "");
        using var listening = new LogFile("shop", _path).Subscribe(_lines.Enqueue);
        File.AppendAllText(_path, "one\n");
        Assert.That(() => _lines, Has.Count.EqualTo(1).After(Patience, 10));
        File.AppendAllText(_path, "last of the old\n");
        File.Move(_path, _path + ".1");
        File.WriteAllText(_path, "first of the new, which is longer than all that was before\n");

        Assert.That(() => _lines, Is.EqualTo(new[] { "one", "last of the old", "first of the new, which is longer than all that was before" }).After(Patience, 10));
    }

    [Test]
    public void One_that_is_cut_is_read_from_its_beginning()
    {
        File.WriteAllText(_path, new string('x', 1000) + "\n");
        using var listening = new LogFile("shop", _path).Subscribe(_lines.Enqueue);
        using (var file = new FileStream(_path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write("anew\n"u8);
        }

        Assert.That(() => _lines, Is.EqualTo(new[] { "anew" }).After(Patience, 10));
    }

    [Test]
    public void Characters_and_lines_of_any_length_pass_the_borders_of_what_is_read_at_once()
    {
        File.WriteAllText(_path, "");
        using var listening = new LogFile("shop", _path).Subscribe(_lines.Enqueue);
        var line = string.Concat(Enumerable.Repeat("a\u00e9\u4e16\U0001f600", 5000));
        File.AppendAllText(_path, line + "\n" + new string('y', 200_000) + "\nend\n");

        Assert.That(() => _lines, Has.Count.EqualTo(3).After(Patience, 10));
        Assert.That(_lines.ToArray(), Is.EqualTo(new[] { line, new string('y', 65_536), "end" }), "what is longer than 64 Ki characters is cut");
    }

    [Test]
    public void A_pattern_that_takes_for_ever_matches_nothing_and_keeps_nothing_from_the_next_line()
    {
        File.WriteAllText(_path, "");
        var log = new LogFile("shop", _path).Signals("^(a+)+$", SignalKind.Detected).Signals("b", SignalKind.Noted);
        using var listening = log.Subscribe(_signals.Enqueue);
        File.AppendAllText(_path, new string('a', 40) + "!\nb\n");

        Assert.That(() => _signals.Select(signal => signal.Detail), Is.EqualTo(new[] { "b" }).After(Patience, 10));
    }

    [Test]
    public void None_comes_after_the_end()
    {
        File.WriteAllText(_path, "");
        new LogFile("shop", _path).Subscribe(_lines.Enqueue).Dispose();
        File.AppendAllText(_path, "late\n");

        Assert.That(() => _lines, Is.Empty.After(300));
    }
}
