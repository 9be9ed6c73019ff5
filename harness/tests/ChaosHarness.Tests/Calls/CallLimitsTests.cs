using System.Reflection;
using ChaosHarness.Calls;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Calls;

public sealed class CallLimitsTests
{
    [Test]
    public void The_defaults_are_what_they_say()
    {
        var told = typeof(CallLimits).GetProperties().Where(property => property.CanWrite)
            .Select(property => property.GetValue(new CallLimits()) is TimeSpan time ? $"{property.Name} {DurationText.Format(time)}" : $"{property.Name} {property.GetValue(new CallLimits())}");

        Assert.That(told, Is.EqualTo(new[]
        {
            "Look 3m", "Plan 30s", "Note 10s", "Presence 5s", "Revert 30s", "RevertAttempts 3", "RevertPause 500ms", "Leftover 30s", "StopCondition 5s", "Subscription 10s", "Lease 30s", "LeaseReturn 10s", "Recording 60s", "Judgement 30s", "Permit 30s",
        }));
    }

    [Test]
    public void Each_is_above_zero_and_no_more_than_a_timer_keeps([ValueSource(nameof(Names))] string name)
    {
        var property = typeof(CallLimits).GetProperty(name)!;
        object zero = property.PropertyType == typeof(int) ? 0 : TimeSpan.Zero;

        var refused = Assert.Throws<TargetInvocationException>(() => property.SetValue(new CallLimits(), zero))!.InnerException;

        Assert.That(refused, Is.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains($"{name} is ").And.Property(nameof(ArgumentException.ParamName)).EqualTo(name));
        object most = property.PropertyType == typeof(int) ? 0 : TimeSpan.MaxValue;
        Assert.That(() => property.SetValue(new CallLimits(), most), Throws.TypeOf<TargetInvocationException>(), "a limit that no timer keeps is none");
        object least = property.PropertyType == typeof(int) ? 1 : TimeSpan.FromTicks(1);
        var limits = new CallLimits();
        property.SetValue(limits, least);
        Assert.That(property.GetValue(limits), Is.EqualTo(least));
    }

    private static IEnumerable<string> Names() => typeof(CallLimits).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);
}
