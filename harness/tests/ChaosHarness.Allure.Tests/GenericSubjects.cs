namespace ChaosHarness.Allure.Tests;

/// <summary>A generic class of tests.</summary>
/// <typeparam name="T">Anything.</typeparam>
public sealed class GenericSubjects<T> : Subjects
{
    public void Takes_a_list(IReadOnlyList<T> values, List<int> numbers, Outcomes outcomes) => Assert.Fail($"only looked at {values} {numbers} {outcomes}");

    /// <summary>A type of this assembly.</summary>
    public enum Outcomes
    {
        One,
    }
}
