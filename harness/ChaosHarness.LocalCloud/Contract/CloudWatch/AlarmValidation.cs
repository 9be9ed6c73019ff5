using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.Contract.CloudWatch;

/// <summary>Alarms that cannot be.</summary>
internal static class AlarmValidation
{
    private const string Put = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        Refused("cw-19", "A period is 10, 20, 30 or a multiple of 60 seconds", request => request.Period = 45),
        Refused("cw-20", "Missing datapoints are treated in one of four ways", request => request.TreatMissingData = "badly"),
        Refused("cw-21", "Not more datapoints can be needed than are looked at", request => request.DatapointsToAlarm = 2),
        Refused("cw-22", "Periods together have at most a day", request => (request.Period, request.EvaluationPeriods) = (300, 289)),
        Refused("cw-23", "A comparison that is none is refused", request => request.ComparisonOperator = new ComparisonOperator("ABitMoreThanThreshold")),
        Refused("cw-24", "A statistic that is none is refused", request => request.Statistic = new Statistic("Guess")),
        Refused("cw-25", "Nothing is looked at in no periods", request => request.EvaluationPeriods = 0),
        Refused("cw-26", "An alarm has to have a name", request => request.AlarmName = null, "ValidationError|MissingParameter"),
    ];

    private static ContractCase Refused(string id, string behaviour, Action<PutMetricAlarmRequest> change, string code = "ValidationError") => new(id, $"{behaviour}: `{code.Replace("|", "` or `", StringComparison.Ordinal)}`, 400", Put, ContractCost.Nothing, account =>
    {
        var request = MadeAlarms.Request(account, "refused");
        change(request);
        return Claim.RefusedAsync(code, () => account.CloudWatch.PutMetricAlarmAsync(request));
    });
}
