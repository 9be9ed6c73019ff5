using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;

namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>What was known of simulated requests at a moment.</summary>
internal sealed class SimulatedRequests : IRequests
{
    private const int ChunkSize = 128;
    private readonly Request[] _known;

    public SimulatedRequests(IReadOnlyList<(Request Request, SimulatedAnswer Answer)> seen, TimeSpan now)
    {
        Now = now;
        var known = new List<Request>(seen.Count);
        foreach (var (request, _) in seen)
        {
            if (request.Due <= now)
            {
                known.Add(request.Completed <= now ? request : new Request(request.Due, request.Sent <= now ? request.Sent : Request.Never, Request.Never, OperationVerdict.Good));
            }
        }

        _known = [.. known];
    }

    public TimeSpan Now { get; }

    public int Chunks => (_known.Length + ChunkSize - 1) / ChunkSize;

    public bool TrySummary(int chunk, out RequestSummary summary)
    {
        summary = default;
        return false;
    }

    public ReadOnlySpan<Request> Read(int chunk) => _known.AsSpan(chunk * ChunkSize, Math.Min(ChunkSize, _known.Length - (chunk * ChunkSize)));
}
