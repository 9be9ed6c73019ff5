using System.Diagnostics;
using ChaosHarness.Timing;
using NUnit.Framework;

namespace ChaosHarness.NUnit;

/// <summary>How long this test session may still take. One that takes too long is killed, and could revert nothing then: tests end themselves in time.</summary>
internal static class SessionTime
{
    /// <summary>What the runsettings call it.</summary>
    public const string Parameter = "Chaos.SessionTimeout";

    /// <summary>The time that is left; null when nobody said how long the session may take.</summary>
    public static TimeSpan? Left
    {
        get
        {
            if (!DurationText.TryParse(TestContext.Parameters.Get(Parameter), out var session))
            {
                return null;
            }

            using var process = Process.GetCurrentProcess();
            var left = process.StartTime + session - DateTime.Now;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }
}
