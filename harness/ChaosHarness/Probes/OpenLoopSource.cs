using System.Net.Sockets;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Probes;

/// <summary>Drives one open loop: sends what is due, times it from when it was due, judges it and logs it.</summary>
internal sealed class OpenLoopSource : IAsyncDisposable
{
    /// <summary>So many requests under way at once and a further one is not sent, which counts as bad.</summary>
    public const int MaximumUnderWay = 10_000;

    private readonly RunClock _clock;
    private readonly OpenLoopSettings _settings;
    private readonly Func<long, CancellationToken, ValueTask<ProbeSample>> _send;
    private readonly CancellationTokenSource _stop = new();
    private readonly OpenLoopSchedule _schedule;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _pacing = Task.CompletedTask;
    private int _underWay = 1;
    private long _late;
    private long _worstLatenessTicks;

    public OpenLoopSource(RunClock clock, OpenLoopSettings settings, Func<long, CancellationToken, ValueTask<ProbeSample>> send)
    {
        _clock = clock;
        _settings = settings;
        _send = send;
        _schedule = OpenLoopSchedule.PerSecond(settings.PerSecond, clock.Now);
        Log = new ObservationLog(settings.Name);
    }

    public ObservationLog Log { get; }

    public string Name => _settings.Name;

    /// <summary>How well the schedule was kept. Only the pacing thread writes these, so a reader sees them a moment old at worst.</summary>
    public ScheduleKept ScheduleKept => new(Interlocked.Read(ref _late), TimeSpan.FromTicks(Interlocked.Read(ref _worstLatenessTicks)));

    public void Start() => _pacing = new Pacer(_clock, _schedule, OnDue).RunAsync(_stop.Token);

    /// <summary>Sends nothing more and waits for what is under way, which its time-outs bound.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _pacing.ConfigureAwait(false);
        Leave();
        await _drained.Task.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void OnDue(long number, TimeSpan due)
    {
        var sent = _clock.Now;
        NoteLateness(sent - due);
        if (Interlocked.Increment(ref _underWay) > MaximumUnderWay)
        {
            Log.Add(new Observation(number, due, sent, sent, OperationVerdict.NotSent, $"{MaximumUnderWay} requests were still under way"));
            Leave();
            return;
        }

        _ = SendAsync(number, due, sent);
    }

    private void NoteLateness(TimeSpan lateness)
    {
        if (lateness > _schedule.Interval)
        {
            Interlocked.Increment(ref _late);
        }

        if (lateness.Ticks > _worstLatenessTicks)
        {
            Interlocked.Exchange(ref _worstLatenessTicks, lateness.Ticks);
        }
    }

    private async Task SendAsync(long number, TimeSpan due, TimeSpan sent)
    {
        ProbeSample sample;
        using var timeout = new CancellationTokenSource(_settings.Timeout, _clock.Time);
        try
        {
            var sending = _send(number, timeout.Token);
            // A sender that ignores its token must not hold the observation back for ever.
            sample = sending.IsCompleted
                ? await sending.ConfigureAwait(false)
                : await sending.AsTask().WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            sample = ProbeSample.Bad($"no answer within {DurationText.Format(_settings.Timeout)}");
        }
        catch (Exception exception)
        {
            // Whatever a sender throws is what the system under test looked like at that moment.
            sample = ProbeSample.Bad(Describe(exception));
        }

        var completed = _clock.Now;
        var verdict = sample.Ok
            ? completed - due > _settings.SlowThreshold ? OperationVerdict.Slow : OperationVerdict.Good
            : OperationVerdict.Error;
        Log.Add(new Observation(number, due, sent, completed, verdict, sample.Ok ? null : sample.Detail));
        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _drained.SetResult();
        }
    }

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
            : exception.GetType().Name + ": " + exception.Message;
    }
}
