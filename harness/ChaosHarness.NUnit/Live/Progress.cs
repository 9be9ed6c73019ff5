using NUnit.Framework;

namespace ChaosHarness.NUnit.Live;

/// <summary>
/// Writes to where people see it while tests run: at once on a terminal, and in a pipe with <c>--logger "console;verbosity=normal"</c>. It is of the test in
/// whose flow of control it was made, whichever thread writes.
/// </summary>
internal sealed class Progress
{
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private readonly Lock _lock = new();

    public void WriteLine(string line)
    {
        lock (_lock)
        {
            if (_flow is null)
            {
                TestContext.Progress.WriteLine(line);
                return;
            }

            ExecutionContext.Run(_flow, static text => TestContext.Progress.WriteLine(text), line);
        }
    }
}
