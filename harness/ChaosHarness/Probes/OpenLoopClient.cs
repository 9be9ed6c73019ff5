using System.Globalization;
using System.Net.Sockets;
using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Probes;

/// <summary>
/// Drives one open loop, a probe or a workload: enters what is due into the history, hands it to threads that are not the pacing one,
/// and notes what comes back. It judges nothing but whether an answer was slow.
/// </summary>
internal sealed class OpenLoopClient : IRatedCallObserver<Answer>, IAsyncDisposable
{
    /// <summary>So many requests under way at once and a further one is not sent.</summary>
    public const int MostUnderWay = 10_000;

    private readonly RunClock _clock;
    private readonly OperationWriter _history;
    private readonly Func<long, CancellationToken, ValueTask<Answer>> _send;
    private readonly RatedCalls<Answer> _calls;
    private readonly CancellationTokenSource _stop = new();
    private readonly OpenLoopSchedule _schedule;
    private Task _pacing = Task.CompletedTask;
    private int _underWay;
    private int _isDisposed;

    public OpenLoopClient(RunClock clock, OperationWriter history, double perSecond, Func<long, CancellationToken, ValueTask<Answer>> send)
    {
        _clock = clock;
        _history = history;
        _send = send;
        _calls = new RatedCalls<Answer>(history.Settings.Name, history.Settings.Timeout, clock.Time, this);
        _schedule = OpenLoopSchedule.PerSecond(perSecond, clock.Now);
    }

    public string Name => _history.Settings.Name;

    public void Start() => _pacing = new Pacer(_clock, _schedule, OnDue).RunAsync(_stop.Token);

    /// <summary>Sends nothing more, and waits for what is under way; its time-out bounds that.</summary>
    /// <param name="giveUp">Waits no longer.</param>
    public async Task CloseAsync(CancellationToken giveUp)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pacing.ConfigureAwait(false);
        await _calls.CloseAsync(giveUp).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await CloseAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    public void Begun(long number) => _history.Invoke(number, _clock.Now);

    public void Ended(long number, CallEnd end, Answer value, Exception? exception)
    {
        var completed = _clock.Now;
        Interlocked.Decrement(ref _underWay);
        switch (end)
        {
            case CallEnd.Completed:
                Complete(number, completed, value);
                break;
            case CallEnd.Threw:
                // Whatever a sender throws is what the system under test looked like at that moment.
                _history.Complete(number, completed, OperationVerdict.Error, Describe(exception!));
                break;
            case CallEnd.TimedOut:
                _history.Complete(number, completed, OperationVerdict.Error, $"no answer within {DurationText.Format(_history.Settings.Timeout)}");
                break;
            case CallEnd.NotBegun:
                _history.Complete(number, completed, OperationVerdict.NotSent, "no thread was free to send it");
                break;
            default:
                // Nobody waited for it any more: it stays open.
                break;
        }
    }

    private void OnDue(long number, TimeSpan due)
    {
        var entered = _history.Enter(due);
        var underWay = Interlocked.Increment(ref _underWay);
        var refused = underWay > MostUnderWay
            ? string.Create(CultureInfo.InvariantCulture, $"{MostUnderWay} requests were still under way")
            : _calls.Send(entered, token => _send(number, token));
        if (refused is not null)
        {
            Interlocked.Decrement(ref _underWay);
            _history.Complete(entered, _clock.Now, OperationVerdict.NotSent, refused);
        }
    }

    private void Complete(long number, TimeSpan completed, Answer answer)
    {
        var isSlow = _history.Settings.SlowThreshold is { } slow && completed - DueOf(number) > slow;
        var verdict = !answer.IsGood ? OperationVerdict.Error : isSlow ? OperationVerdict.Slow : OperationVerdict.Good;
        _history.Complete(number, completed, verdict, verdict == OperationVerdict.Error ? answer.Detail : null, answer.Node, answer.Id, answer.Value);
    }

    private TimeSpan DueOf(long number) => _schedule.Due(number);

    private static string Describe(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode.ToString();
            }
        }

        return exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http
            ? http.HttpRequestError.ToString()
            : exception.GetType().Name + ": " + CallException.TextOf(exception);
    }
}
