using System.Globalization;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>Requests in a table, as they are known at a moment. Chunks are small, so that every question crosses some.</summary>
internal sealed class RequestTable(IReadOnlyList<Request> requests, TimeSpan now, int chunkSize = 3) : IRequests
{
    private readonly Request[] _known = [.. requests.Where(request => request.Due <= now).OrderBy(request => request.Due).Select(request => At(request, now))];

    public TimeSpan Now => now;

    public IReadOnlyList<Request> Known => _known;

    public int Chunks => (_known.Length + chunkSize - 1) / chunkSize;

    /// <summary>
    /// Reads <c>g 20-40</c>: good, sent at 20 ms, answered at 40 ms. E is an error, S slow, N not sent, ? open; <c>S 35-38 due 12</c> was sent late.
    /// </summary>
    public static IReadOnlyList<Request> Parse(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseOne).OrderBy(request => request.Due)];

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));

    // As the chunks of a history do: only those that are full have one.
    public bool TrySummary(int chunk, out RequestSummary summary)
    {
        summary = RequestSummary.Of(Read(chunk));
        return Read(chunk).Length == chunkSize;
    }

    public ReadOnlySpan<Request> ReadOpen(int chunk) => Read(chunk).ToArray().Where(request => request.IsOpen).ToArray();

    public ReadOnlySpan<Request> Read(int chunk) => _known.AsSpan(chunk * chunkSize, Math.Min(chunkSize, _known.Length - (chunk * chunkSize)));

    private static Request At(Request request, TimeSpan now) => request with
    {
        Sent = request.Sent <= now ? request.Sent : Request.Never,
        Completed = request.Completed <= now ? request.Completed : Request.Never,
        Verdict = request.Completed <= now ? request.Verdict : OperationVerdict.Good,
    };

    private static Request ParseOne(string text)
    {
        var words = text.Split(' ', '-');
        var sent = Ms(Number(words[1]));
        var completed = words.Length > 2 && words[2] != "due" ? Ms(Number(words[2])) : words[0] == "N" ? sent : Request.Never;
        var due = words is [.., "due", var at] ? Ms(Number(at)) : sent;
        return new Request(due, sent, completed, words[0] switch
        {
            "E" => OperationVerdict.Error,
            "S" => OperationVerdict.Slow,
            "N" => OperationVerdict.NotSent,
            _ => OperationVerdict.Good,
        });
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
