using System.Net;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.Contract.CloudWatch;

/// <summary>How alarms are found and deleted.</summary>
internal static class AlarmLists
{
    private const string Describe = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html";
    private const string Delete = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("cw-27", "Alarms are found by what their names begin with, page by page", Describe, ContractCost.Alarm, async account =>
        {
            var made = new List<string>();
            foreach (var number in Enumerable.Range(0, 3))
            {
                made.Add(await MadeAlarms.MakeAsync(account, $"page-{number}"));
            }

            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await account.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNamePrefix = account.Name("page-"), MaxRecords = 2, NextToken = next });
                seen.AddRange(page.MetricAlarms.Select(alarm => alarm.AlarmName));
                next = page.NextToken;
            }
            while (next is not null);
            Claim.Same("all pages", string.Join(' ', made), string.Join(' ', seen));
        }),
        new("cw-28", "Alarms are found by their state", Describe, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "state", request => request.TreatMissingData = "notBreaching");
            await MadeAlarms.IsAsync(account, name, "OK");
            Claim.Same("in OK", 1, await CountAsync(account, new DescribeAlarmsRequest { AlarmNames = [name], StateValue = StateValue.OK }));
            Claim.Same("in ALARM", 0, await CountAsync(account, new DescribeAlarmsRequest { AlarmNames = [name], StateValue = StateValue.ALARM }));
        }),
        new("cw-29", "Alarms are found by what their actions begin with", Describe, ContractCost.Alarm, async account =>
        {
            var topic = $"arn:aws:sns:{account.Account.Region}:{(await account.Sts.GetCallerIdentityAsync(new Amazon.SecurityToken.Model.GetCallerIdentityRequest())).Account}:{account.Prefix}";
            var name = await MadeAlarms.MakeAsync(account, "acts", request => (request.AlarmActions, request.ActionsEnabled) = ([topic], false));
            Claim.Same("with that topic", 1, await CountAsync(account, new DescribeAlarmsRequest { ActionPrefix = topic }));
            Claim.Same("enabled", (bool?)false, (await MadeAlarms.OneAsync(account, name)).ActionsEnabled);
        }),
        new("cw-30", "Alarms of alarms are not those of metrics", Describe, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "type");
            Claim.Same("composite ones", 0, await CountAsync(account, new DescribeAlarmsRequest { AlarmNames = [name], AlarmTypes = [AlarmType.CompositeAlarm] }));
        }),
        new("cw-31", "A page of more than a hundred alarms is refused: `ValidationError`, 400", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => account.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { MaxRecords = 101 }))),
        new("cw-32", "A token that was never given is refused: `InvalidNextToken`, 400", Describe, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidNextToken", () => account.CloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest { NextToken = "nonsense" }))),
        new("cw-33", "Of several alarms those with right names are deleted, whatever the others are", Delete, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "deleted");
            try
            {
                await account.CloudWatch.DeleteAlarmsAsync(new DeleteAlarmsRequest { AlarmNames = [account.Name("nobody"), name] });
            }
            catch (Amazon.CloudWatch.Model.ResourceNotFoundException)
            {
                // The documentation has it both ways.
            }

            Claim.That("it is gone", await MadeAlarms.FindAsync(account, name) is null);
        }),
        new("cw-34", "An alarm that is not there cannot be deleted: `ResourceNotFound`, 404", Delete, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ResourceNotFound", () => account.CloudWatch.DeleteAlarmsAsync(new DeleteAlarmsRequest { AlarmNames = [account.Name("nobody")] }), HttpStatusCode.NotFound)),
        new("cw-35", "An alarm that is put again is the new one, and keeps its ARN", "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html", ContractCost.Alarm, async account =>
        {
            var before = await MadeAlarms.OneAsync(account, await MadeAlarms.MakeAsync(account, "again"));
            var request = MadeAlarms.Request(account, "again");
            request.Threshold = 7;
            await account.CloudWatch.PutMetricAlarmAsync(request);
            var after = await MadeAlarms.OneAsync(account, request.AlarmName);
            Claim.Same("ARN and threshold", (before.AlarmArn, (double?)7), (after.AlarmArn, after.Threshold));
        }),
    ];

    private static async Task<int> CountAsync(ContractAccount account, DescribeAlarmsRequest request) => (await account.CloudWatch.DescribeAlarmsAsync(request)).MetricAlarms?.Count ?? 0;
}
