using System.Globalization;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Rds;

namespace ChaosHarness.LocalCloud.Tests.Rds;

/// <summary>When RDS may do what can wait.</summary>
public sealed class MaintenanceWindowTests
{
    [TestCase("sun:05:00-sun:05:30", "2026-11-29T05:00:00Z", true)]
    [TestCase("sun:05:00-sun:05:30", "2026-11-29T05:29:59Z", true)]
    [TestCase("sun:05:00-sun:05:30", "2026-11-29T05:30:00Z", false)]
    [TestCase("sun:05:00-sun:05:30", "2026-11-30T05:15:00Z", false)]
    [TestCase("Sat:23:45-sun:00:15", "2026-11-29T00:10:00Z", true)]
    [TestCase("Sat:23:45-sun:00:15", "2026-11-28T23:44:00Z", false)]
    public void A_time_is_in_it_or_not(string window, string time, bool isIn) =>
        Assert.That(MaintenanceWindow.Parse(window).Contains(DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)), Is.EqualTo(isIn));

    [TestCase("")]
    [TestCase("sun:05:00")]
    [TestCase("sun:24:00-mon:01:00")]
    [TestCase("sun:05:00-sun:05:29")]
    [TestCase("noday:05:00-sun:06:00")]
    public void What_is_none_is_refused(string window) => Assert.That(() => MaintenanceWindow.Parse(window), Throws.TypeOf<AwsErrorException>().With.Property("Code").EqualTo("InvalidParameterValue"));

    [Test]
    public void The_first_one_is_not_now() => Assert.That(MaintenanceWindow.After(DateTime.UtcNow).Contains(DateTime.UtcNow), Is.False);
}
