using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Tests.Experiments;

public sealed class TestParameterTests
{
    private static readonly object?[][] Values =
    [
        [null, "null"],
        ["2s", "2s"],
        [1.5, "1.5"],
        [1.5m, "1.5"],
        [true, "True"],
        ['x', "x"],
        [DayOfWeek.Friday, "Friday"],
        [TimeSpan.FromSeconds(90), "00:01:30"],
        [new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2026-01-02T03:04:05.0000000Z"],
        [typeof(List<int>), "System.Collections.Generic.List`1[System.Int32]"],
        [new object?[] { 1, "a", null, new[] { 2.5 } }, "[1, a, null, [2.5]]"],
        [new Uri("http://db-a:5432/"), "http://db-a:5432/"],
    ];

    [TestCaseSource(nameof(Values))]
    public void Values_read_the_same_everywhere(object? value, string text)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";

            Assert.That(new TestParameter("any", value).Text, Is.EqualTo(text));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void What_can_only_name_its_type_has_no_text()
    {
        object[] values = [new object(), new Action(() => { }), new List<object> { 1, new() }, new TestParameterTests(), Enumerable.Range(0, 2).Select(k => k * 2)];

        Assert.That(values.Select(value => new TestParameter("any", value).Text), Is.All.Null);
    }
}
