using System.Globalization;
using Amazon.AutoScaling.Model;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Resources;

namespace ChaosHarness.LocalCloud.AutoScaling;

/// <summary>What activities are filtered by: when they began, and how they ended.</summary>
internal static class ActivityFilters
{
    /// <exception cref="AwsErrorException">There is no such filter, or its value is no time.</exception>
    public static IReadOnlyList<Activity> Apply(IReadOnlyList<Activity> all, IEnumerable<NamedFilter> filters, Func<string, AwsErrorException> unknown)
    {
        var found = all;
        foreach (var filter in filters)
        {
            found = filter.Name switch
            {
                "StartTimeLowerBound" when Time(filter) is var bound => [.. found.Where(activity => activity.StartTime >= bound)],
                "StartTimeUpperBound" when Time(filter) is var bound => [.. found.Where(activity => activity.StartTime <= bound)],
                "Status" => [.. found.Where(activity => filter.Values.Contains(activity.StatusCode.Value, StringComparer.OrdinalIgnoreCase))],
                _ => throw unknown(filter.Name),
            };
        }

        return found;
    }

    private static DateTime Time(NamedFilter filter) => filter.Values is [var text] && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw new AwsErrorException("ValidationError", $"The filter {filter.Name} needs one time in ISO 8601.");
}
