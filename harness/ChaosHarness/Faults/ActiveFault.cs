using System.Diagnostics.CodeAnalysis;
using ChaosHarness.Calls;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults;

/// <summary>A fault that was planned, and may have taken effect, in one run.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancellation source without a timer holds nothing.")]
internal sealed class ActiveFault(string id, Fault fault, RevertRecipe recipe, FaultEntry entry)
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private ForeignCall<bool>? _apply;
    private Task<string?>? _end;

    public string Id => id;

    public Fault Fault => fault;

    public RevertRecipe Recipe => recipe;

    public FaultEntry Entry => entry;

    public string Name => entry.Name;

    /// <summary>Its being made to take effect; null before that began.</summary>
    public ForeignCall<bool>? Apply => _apply;

    /// <summary>Cancelled when it is about to be undone.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Whether it was undone.</summary>
    public bool IsUndone => _end is { IsCompletedSuccessfully: true, Result: null };

    /// <summary>Begins to make it take effect, unless it is being undone already.</summary>
    public ForeignCall<bool>? Begin(Func<ForeignCall<bool>> apply)
    {
        lock (_gate)
        {
            return _end is null ? _apply = apply() : null;
        }
    }

    /// <summary>Does something while it is not being undone yet.</summary>
    public void WhileInForce(Action act)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                act();
            }
        }
    }

    /// <summary>Undoes it, once: a duration, the end of the run and a halt may all want it.</summary>
    /// <returns>Why it could not be undone; null when it was.</returns>
    public Task<string?> EndAsync(Func<ActiveFault, Task<string?>> revert)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                _ = _ending.CancelAsync();
                _end = revert(this);
            }

            return _end;
        }
    }
}
