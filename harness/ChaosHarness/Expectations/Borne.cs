namespace ChaosHarness.Expectations;

/// <summary>Expects how much of something that grows step by step a system bears.</summary>
public static class Borne
{
    /// <summary>Names the steps.</summary>
    /// <param name="ramp">What the ramp of the schedule is called; its faults are called so with their strength behind it.</param>
    /// <returns>What comes next: what has to hold while a step is borne.</returns>
    public static BorneSteps Steps(string ramp) => new(ramp);
}
