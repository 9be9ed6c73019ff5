using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChaosHarness.People;
using ChaosHarness.Safety;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.GameDay.Board;

/// <summary>Answers what viewers ask a board for.</summary>
/// <param name="secret">The first part of every path; without it there is nothing.</param>
/// <param name="stream">What is shown.</param>
/// <param name="session">The folder of the session.</param>
/// <param name="stopping">Cancelled when the board ends.</param>
internal sealed class BoardRouter(string secret, BoardStream stream, string session, CancellationToken stopping)
{
    private const int MostName = 100;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly byte[] NewLines = "\n\n"u8.ToArray();
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);
    private readonly Viewers _viewers = new(act => TryAppend(act, session));

    public async Task HandleAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["X-Content-Type-Options"] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Frame-Options"] = "DENY";
        var parts = (context.Request.Path.Value ?? "").Split('/', 3);
        if (parts.Length < 3 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(parts[1]), _secret))
        {
            // An address of yesterday, or a guess.
            await AnswerAsync(context, StatusCodes.Status404NotFound, "There is no board at this address. `chaos board` lists those that there are.").ConfigureAwait(false);
            return;
        }

        var answered = (context.Request.Method, parts[2]) switch
        {
            ("GET" or "HEAD", "") => PageAsync(context),
            ("GET", "events") => EventsAsync(context),
            ("GET", "poll") => PollAsync(context),
            ("POST", "act") => ActAsync(context),
            ("POST", "halt") => HaltAsync(context),
            _ => AnswerAsync(context, StatusCodes.Status404NotFound, "The board has no such page."),
        };
        await answered.ConfigureAwait(false);
    }

    private static async Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = BoardPage.Policy;
        await context.Response.WriteAsync(BoardPage.Live, context.RequestAborted).ConfigureAwait(false);
    }

    // Server-sent events: whoever lost the connection goes on behind the last one that came.
    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var name = NameOf(context);
        _viewers.Come(name);
        try
        {
            var after = NumberOf(context.Request.Headers["Last-Event-ID"].ToString());
            TimeSpan? beaten = null;
            while (true)
            {
                foreach (var line in stream.After(after))
                {
                    after = line.Number;
                    await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {line.Number}\ndata: ")), end.Token).ConfigureAwait(false);
                    await context.Response.Body.WriteAsync(line.Json, end.Token).ConfigureAwait(false);
                    await context.Response.Body.WriteAsync(NewLines, end.Token).ConfigureAwait(false);
                }

                var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
                if (beaten is null || now - beaten >= Beat)
                {
                    beaten = now;
                    await context.Response.WriteAsync($"event: beat\ndata: {JsonSerializer.Serialize(BeatNow, BoardJson.Default.BoardBeat)}\n\n", end.Token).ConfigureAwait(false);
                }

                await context.Response.Body.FlushAsync(end.Token).ConfigureAwait(false);
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                wait.CancelAfter(Beat);
                await stream.GrownAsync(after, wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                end.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The viewer left, or the session ended.
        }
        finally
        {
            _ = _viewers.LeaveAsync(name);
        }
    }

    // For who stands behind something that keeps a stream back until it ends.
    private async Task PollAsync(HttpContext context)
    {
        var after = Math.Min(NumberOf(context.Request.Query["after"].ToString()), stream.Count);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        wait.CancelAfter(Beat);
        await stream.GrownAsync(after, wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var lines = stream.After(after);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"last\":{(lines.Count > 0 ? lines[^1].Number : after)},\"beat\":{JsonSerializer.Serialize(BeatNow, BoardJson.Default.BoardBeat)},\"events\":["), context.RequestAborted).ConfigureAwait(false);
        foreach (var (index, line) in lines.Index())
        {
            await context.Response.WriteAsync(index > 0 ? "," : "", context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.WriteAsync(line.Json, context.RequestAborted).ConfigureAwait(false);
        }

        await context.Response.WriteAsync("]}", context.RequestAborted).ConfigureAwait(false);
    }

    private async Task ActAsync(HttpContext context)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { } request)
        {
            return;
        }

        if (KindOf(request.Kind) is not { } kind)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "kind has to be Note, Go, NoGo, Decided or Acted.").ConfigureAwait(false);
            return;
        }

        if (kind == PersonActKind.Note && string.IsNullOrWhiteSpace(request.Text))
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "A note needs a text.").ConfigureAwait(false);
            return;
        }

        if (request.Run is { } run && !stream.Has(run))
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "There is no such run in this session.").ConfigureAwait(false);
            return;
        }

        var told = kind is not (PersonActKind.Go or PersonActKind.NoGo) ? "Noted." : !Waits(request) ? "Noted: nothing waits for a go." : kind == PersonActKind.Go ? "Given." : "Refused.";
        var problem = TryAppend(new PersonAct(kind, request.By!) { Role = request.Role, Text = request.Text, RunId = request.Run, Plan = request.Plan, At = DateTimeOffset.UtcNow }, session);
        await AnswerAsync(context, problem is null ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError, problem ?? told).ConfigureAwait(false);
    }

    private bool Waits(BoardRequest request) => AttendedRun.Find(Path.GetDirectoryName(session)!)
        .Any(one => Path.GetDirectoryName(one.File) == session && one.WaitsUntil is not null && (request.Run is null || one.RunId == request.Run) && (request.Plan is null || one.Plan == request.Plan));

    private async Task HaltAsync(HttpContext context)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { } request)
        {
            return;
        }

        var file = Path.Combine(session, HaltOrder.FileName);
        try
        {
            var isFirst = HaltOrder.Engage(file, new HaltOrder(request.By, request.Text) { At = DateTimeOffset.UtcNow });
            await AnswerAsync(context, StatusCodes.Status200OK, isFirst ? "Halted: what runs is being undone, and nothing more starts in this session." : $"Halted already {HaltOrder.Find(file)}.").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, $"It could not be halted from here: {exception.Message} Use: chaos halt --machine").ConfigureAwait(false);
        }
    }

    // Who acts says who they are, in JSON: a form of another page can send neither.
    private static async Task<BoardRequest?> ReadAsync(HttpContext context)
    {
        BoardRequest? request = null;
        var problem = "Send JSON with by and text.";
        try
        {
            if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true)
            {
                request = await JsonSerializer.DeserializeAsync(context.Request.Body, BoardJson.Default.BoardRequest, context.RequestAborted).ConfigureAwait(false);
                problem = "Say who you are.";
            }
        }
        catch (JsonException)
        {
        }
        catch (BadHttpRequestException exception)
        {
            await AnswerAsync(context, exception.StatusCode, "That is too much at once.").ConfigureAwait(false);
            return null;
        }

        if (!string.IsNullOrWhiteSpace(request?.By))
        {
            return request;
        }

        await AnswerAsync(context, StatusCodes.Status400BadRequest, problem).ConfigureAwait(false);
        return null;
    }

    private static async Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(new BoardAnswer(status == StatusCodes.Status200OK, text), BoardJson.Default.BoardAnswer), context.RequestAborted).ConfigureAwait(false);
    }

    private BoardBeat BeatNow => new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), _viewers.Count, _viewers.People);

    private static string? TryAppend(PersonAct act, string session)
    {
        try
        {
            act.Append(Path.Combine(session, PersonAct.FileName));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"It could not be noted: {exception.Message}";
        }
    }

    private static string? NameOf(HttpContext context)
    {
        var name = TerminalText.Of(context.Request.Query["name"].ToString().Trim());
        return name.Length == 0 ? null : name.Length <= MostName ? name : name[..MostName];
    }

    private static PersonActKind? KindOf(string? text) => new[] { PersonActKind.Note, PersonActKind.Go, PersonActKind.NoGo, PersonActKind.Decided, PersonActKind.Acted }
        .Select(kind => (PersonActKind?)kind).FirstOrDefault(kind => string.Equals(kind.ToString(), text, StringComparison.OrdinalIgnoreCase));

    private static int NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
