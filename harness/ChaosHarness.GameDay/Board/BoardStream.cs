using System.Text.Json;

namespace ChaosHarness.GameDay.Board;

/// <summary>Everything that a session's board has shown, in its order. It only grows, and is safe for many readers and writers.</summary>
internal sealed class BoardStream
{
    private readonly Lock _lock = new();
    private readonly List<BoardLine> _lines = [];
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private TaskCompletionSource _grown = New();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Whether it shows a run.</summary>
    public bool Has(string runId)
    {
        lock (_lock)
        {
            return _runs.Contains(runId);
        }
    }

    /// <summary>Adds an event of a run.</summary>
    public void Add(string runId, BoardEvent happened)
    {
        using var json = JsonSerializer.SerializeToDocument(happened, BoardJson.Default.BoardEvent);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("id", runId);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        TaskCompletionSource grown;
        lock (_lock)
        {
            _runs.Add(runId);
            _lines.Add(new BoardLine(_lines.Count + 1, runId, happened, bytes.ToArray()));
            (grown, _grown) = (_grown, New());
        }

        grown.TrySetResult();
    }

    /// <summary>What came after an event; of all runs, or of one.</summary>
    public IReadOnlyList<BoardLine> After(int number, string? runId = null)
    {
        lock (_lock)
        {
            var from = Math.Clamp(number, 0, _lines.Count);
            return [.. _lines.Skip(from).Where(line => runId is null || line.RunId == runId)];
        }
    }

    /// <summary>Waits until there is anything after an event.</summary>
    public Task GrownAsync(int number, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _lines.Count > number ? Task.CompletedTask : _grown.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
